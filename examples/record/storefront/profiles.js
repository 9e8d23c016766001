// Records this process with @datadog/pprof and writes the profiles.

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import pprof from '@datadog/pprof';
import { StringTable } from 'pprof-format';

const folder = dirname(fileURLToPath(import.meta.url));

export function startHeap() {
  pprof.heap.start(32 * 1024, 64);
}

export function startWall() {
  pprof.time.start({ intervalMicros: 2000, withContexts: true });
}

/** Labels the samples that are taken while handler runs. */
export function withLabels(labels, handler) {
  pprof.time.setContext(labels);
  try {
    return handler();
  } finally {
    pprof.time.setContext({});
  }
}

/** Writes what was recorded since startWall, and the heap as it is now. */
export function writeRound(out, name, time) {
  const wall = pprof.time.stop(false, ({ context }) => context?.context ?? {});
  write(join(out, `wall.${name}.pb.gz`), wall, time);
  write(join(out, `heap.${name}.pb.gz`), pprof.heap.profile(), time);
}

function write(path, profile, time) {
  profile.timeNanos = BigInt(time) * 1_000_000n;
  profile.stringTable = withoutFolder(profile.stringTable);
  writeFileSync(path, pprof.encodeSync(profile));
}

/** Takes from file names the place that this program has on this machine. */
function withoutFolder(table) {
  const renamed = new StringTable();
  for (const s of table.strings) renamed.dedup(s.replace(folder, 'storefront'));
  // The profile refers to strings by their place.
  if (renamed.strings.length !== table.strings.length) throw new Error('two file names became one');
  return renamed;
}
