// Runs each real client once against the built server:
//   node run.mjs PROGRAM PROJECT_FOLDER
// One line a client; leaves with 1 when one of them failed.
import { inspectorCall, inspectorList } from './inspector.mjs';
import { sdkV1, sdkV2 } from './sdk.mjs';

const timeoutMs = 60_000;

const clients = [
  ['sdk 1', () => sdkV1()],
  ['sdk 2, legacy', () => sdkV2('legacy', '2025-11-25')],
  ['sdk 2, auto', () => sdkV2('auto', '2026-07-28')],
  ['sdk 2, pinned', () => sdkV2({ pin: '2026-07-28' }, '2026-07-28')],
  ['inspector list, legacy', () => inspectorList('legacy')],
  ['inspector list, modern', () => inspectorList('modern')],
  ['inspector call, legacy', () => inspectorCall('legacy')],
  ['inspector call, modern', () => inspectorCall('modern')],
];

function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no end after ${timeoutMs} ms`)), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

let failed = 0;
for (const [name, run] of clients) {
  try {
    console.log(`ok      ${name.padEnd(24)} ${await inTime(run())}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name.padEnd(24)} ${error.message}`);
    if (error.stderr) console.log(error.stderr);
  }
}
console.log(`${clients.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
