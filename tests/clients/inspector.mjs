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

/** Over stdio without a URL. */
async function run(era, url, ...options) {
  // It writes its configuration below HOME.
  const home = mkdtempSync(join(tmpdir(), 'inspector-'));
  try {
    const target = url
      ? ['--transport', 'http', '--server-url', url]
      : [server.command, ...server.args];
    const { stdout } = await promisify(execFile)(program, [
      '--cli', ...target,
      '--protocol-era', era, '--format', 'json', '-q', ...options,
    ], { env: { ...process.env, HOME: home } });
    return stdout;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function inspect(era, url, ...options) {
  return JSON.parse(await run(era, url, ...options)).result;
}

export async function inspectorList(era, url) {
  const { tools } = await inspect(
    era, url, '--method', 'tools/list', '--strict');
  assert.deepEqual(
    tools.map((tool) => tool.name).sort(),
    schemas.map((schema) => schema.name).sort());
  return `--strict, ${tools.length} tools`;
}

export async function inspectorCall(era, url) {
  const answer = await inspect(era, url, '--method', 'tools/call',
    '--tool-name', 'top_series', '--tool-args-json', '{"group_by": ["pod"]}');
  assert.ok(!answer.isError);
  assert.match(answer.content[0].text, /pod-b/);
  // Only the stateless era says in each answer who gave it.
  assert.equal('_meta' in answer, era === 'modern');
  return 'top_series answered';
}

/** Many calls at once: every one of them is answered. */
export async function inspectorLoad(era, url) {
  const requests = 200;
  const text = await run(era, url, '--method', 'tools/call',
    '--tool-name', 'list_profile_types', '--load',
    '--load-requests', String(requests), '--load-concurrency', '8');
  const { ok, errors, toolErrors } = JSON.parse(text).result;
  assert.deepEqual({ ok, errors, toolErrors },
    { ok: requests, errors: 0, toolErrors: 0 }, text);
  return `${requests} calls, 8 at a time`;
}
