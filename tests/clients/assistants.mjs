// Claude Code and Codex, given each snippet of the documents as it is printed,
// in a home folder of its own. Then their own lists must show the server:
// Claude Code's as connected, Codex's as enabled, with a server that an SDK
// reaches where Codex would. Neither needs a login for it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sdkAnswers } from './sdk.mjs';
import { root, server, withHttpServer } from './server.mjs';
import { findSnippets } from './snippets.mjs';

const timeoutMs = 28_000; // of a command; two fit into the time of a client
const token = 'token-of-the-snippets';
const servedAddress = '127.0.0.1:8085';

/** Nothing of the environment of whoever runs this; no network but loopback. */
const environment = (home) => ({
  HOME: home,
  PATH: `${join(import.meta.dirname, 'node_modules/.bin')}:/usr/bin:/bin`,
  PYROSCOPE_MCP_TOKEN: token,
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_TELEMETRY: '1',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  NO_PROXY: '127.0.0.1',
});

/** Runs a line of shell; what it leaves behind ends with it. */
function shell(line, home) {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', line], {
      cwd: join(home, 'project'), env: environment(home), detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (data) => { output += data; });
    child.stderr.on('data', (data) => { errors += data; });
    const timer = setTimeout(
      () => process.kill(-child.pid, 'SIGKILL'), timeoutMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) return resolve(output);
      const end = code === null
        ? `no end after ${timeoutMs} ms` : `left with ${code}`;
      const error = new Error(`${end}: ${line}`);
      reject(Object.assign(error, { stderr: output + errors }));
    });
  });
}

/** The placeholders of the documents, the same in each snippet: the folder
 * /path/to, which holds the program and the profiles, and the address. */
function filled(text, home, url) {
  return text.replaceAll('/path/to/', `${home}/path/to/`)
    .replaceAll(servedAddress, new URL(url).host);
}

async function inHome(work) {
  const home = mkdtempSync(join(tmpdir(), 'assistants-'));
  try {
    mkdirSync(join(home, 'path/to'), { recursive: true });
    for (const folder of ['project', '.claude', '.codex']) {
      mkdirSync(join(home, folder));
    }
    symlinkSync(server.command, join(home, 'path/to/pyroscope-mcp'));
    for (const link of ['path/to/profiles', 'project/profiles']) {
      symlinkSync(join(root, 'examples/profiles'), join(home, link));
    }
    // What the user is asked once for the .mcp.json of a project.
    writeFileSync(join(home, '.claude/settings.json'),
      '{"enableAllProjectMcpServers": true}');
    return await work(home);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function listedByClaude(home) {
  const list = await shell('claude mcp list', home);
  assert.match(list, /^pyroscope: .* - ✔ Connected$/m, list);
  return 'connected';
}

async function listedByCodex(home) {
  const list = JSON.parse(await shell('codex mcp list --json', home));
  const [{ name, enabled, transport }] = list;
  assert.deepEqual([list.length, name, enabled], [1, 'pyroscope', true],
    JSON.stringify(list));
  const bearer = environment(home)[transport.bearer_token_env_var];
  return `enabled, ${await sdkAnswers(transport, bearer)}`;
}

const files = { json: 'project/.mcp.json', toml: '.codex/config.toml' };
const listed = { claude: listedByClaude, codex: listedByCodex };

async function accept({ kind, client, text }, url) {
  return inHome(async (home) => {
    const given = filled(text, home, url);
    if (kind === 'command') await shell(given, home);
    else writeFileSync(join(home, files[kind]), given);
    return listed[client](home);
  });
}

/** A run for each snippet, and the snippets that neither client reads. */
export function assistants(url) {
  const found = findSnippets(root);
  const ours = found.filter(({ client }) => client in listed);
  const names = ours.map(({ client, kind }) => `${client} ${kind}`);
  for (const name of [
    'claude command', 'claude json', 'codex command', 'codex toml',
  ]) {
    assert.ok(names.includes(name), `the documents have no snippet: ${name}`);
  }
  return {
    runs: ours.map((snippet, index) => [
      `${names[index]} ${snippet.place}`, () => accept(snippet, url),
    ]),
    left: found.filter((snippet) => !ours.includes(snippet)),
  };
}

/** Runs `work` with the URL of a server that wants the token. */
export async function withTokenServer(work) {
  const folder = mkdtempSync(join(tmpdir(), 'assistants-'));
  try {
    const file = join(folder, 'token');
    writeFileSync(file, token, { mode: 0o600 });
    return await withHttpServer(work, ['--http-token-file', file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
