// Runs each real client once against the built server:
//   node run.mjs PROGRAM PROJECT_FOLDER
// One line a client; leaves with 1 when one of them failed.
import { assistants, withTokenServer } from './assistants.mjs';
import { inspectorCall, inspectorList, inspectorLoad } from './inspector.mjs';
import { bundle } from './mcpb.mjs';
import { sdkV1, sdkV2 } from './sdk.mjs';
import { withHttpServer } from './server.mjs';

const timeoutMs = 60_000;

/** Without a URL each client starts a server of its own, over stdio. */
const clients = (url) => [
  ['sdk 1', () => sdkV1(url)],
  ['sdk 2, legacy', () => sdkV2('legacy', '2025-11-25', url)],
  ['sdk 2, auto', () => sdkV2('auto', '2026-07-28', url)],
  ['sdk 2, pinned', () => sdkV2({ pin: '2026-07-28' }, '2026-07-28', url)],
  ['inspector list, legacy', () => inspectorList('legacy', url)],
  ['inspector list, modern', () => inspectorList('modern', url)],
  ['inspector call, legacy', () => inspectorCall('legacy', url)],
  ['inspector call, modern', () => inspectorCall('modern', url)],
];
const loads = (url) => [
  ['inspector load, legacy', () => inspectorLoad('legacy', url)],
  ['inspector load, modern', () => inspectorLoad('modern', url)],
];

function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no end after ${timeoutMs} ms`)), timeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

let passed = 0;
let failed = 0;
async function runAll(over, all) {
  for (const [name, run] of all) {
    const label = `${over.padEnd(6)} ${name.padEnd(32)}`;
    try {
      console.log(`ok      ${label} ${await inTime(run())}`);
      passed += 1;
    } catch (error) {
      failed += 1;
      console.log(`FAILED  ${label} ${error.message}`);
      if (error.stderr) console.log(error.stderr);
    }
  }
}

await runAll('stdio', [...clients(), ['bundle', () => bundle()]]);
await withHttpServer((url) => runAll('http', [...clients(url), ...loads(url)]));
await withTokenServer(async (url) => {
  const { runs, left } = assistants(url);
  await runAll('docs', runs);
  for (const { client, kind, place } of left) {
    console.log(`left    docs   ${kind} ${place}: not run (${client})`);
  }
});
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && !process.exitCode ? 0 : 1);
