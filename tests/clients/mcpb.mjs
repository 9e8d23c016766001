// The bundle for clients that install those: the manifest is valid, a bundle
// can be packed, and what is unpacked starts as the manifest says, with fields
// that the user left empty.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root, server } from './server.mjs';

const program = join(import.meta.dirname, 'node_modules/.bin/mcpb');
const manifestPath = join(root, 'mcpb/manifest.json');
const initialize = {
  jsonrpc: '2.0', id: 1, method: 'initialize', params: {
    protocolVersion: '2025-11-25', capabilities: {},
    clientInfo: { name: 'bundle', version: '1' },
  },
};

function run(...words) {
  return execFileSync(program, words, { encoding: 'utf8', stdio: 'pipe' });
}

export async function bundle() {
  run('validate', manifestPath);
  const folder = mkdtempSync(join(tmpdir(), 'mcpb-'));
  try {
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
    const source = join(folder, 'source');
    const entry = join(source, manifest.server.entry_point);
    mkdirSync(dirname(entry), { recursive: true });
    copyFileSync(server.command, entry);
    copyFileSync(manifestPath, join(source, 'manifest.json'));
    const packed = join(folder, 'pyroscope-mcp.mcpb');
    run('pack', source, packed);
    const unpacked = join(folder, 'unpacked');
    run('unpack', packed, unpacked);
    const { command, args, env } = manifest.server.mcp_config;
    const said = execFileSync(command.replace('${__dirname}', unpacked), args, {
      encoding: 'utf8', input: JSON.stringify(initialize) + '\n',
      env: { PATH: process.env.PATH, ...env },
    });
    assert.equal(JSON.parse(said).result.serverInfo.version, manifest.version);
    return 'valid, packed, starts unpacked';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
