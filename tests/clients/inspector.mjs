// The MCP Inspector's command line: its lint of the tool schemas (--strict)
// and one call, in each era of the protocol.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { schemas, server } from './server.mjs';

const program = join(import.meta.dirname, 'node_modules/.bin/mcp-inspector');

async function inspect(era, ...options) {
  // It writes its configuration below HOME.
  const home = mkdtempSync(join(tmpdir(), 'inspector-'));
  try {
    const { stdout } = await promisify(execFile)(program, [
      '--cli', server.command, ...server.args,
      '--protocol-era', era, '--format', 'json', '-q', ...options,
    ], { env: { ...process.env, HOME: home } });
    return JSON.parse(stdout).result;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

export async function inspectorList(era) {
  const { tools } = await inspect(era, '--method', 'tools/list', '--strict');
  assert.deepEqual(
    tools.map((tool) => tool.name).sort(),
    schemas.map((schema) => schema.name).sort());
  return `--strict, ${tools.length} tools`;
}

export async function inspectorCall(era) {
  const answer = await inspect(era, '--method', 'tools/call',
    '--tool-name', 'top_series', '--tool-args-json', '{"group_by": ["pod"]}');
  assert.ok(!answer.isError);
  assert.match(answer.content[0].text, /pod-b/);
  // Only the stateless era says in each answer who gave it.
  assert.equal('_meta' in answer, era === 'modern');
  return 'top_series answered';
}
