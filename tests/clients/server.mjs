// The server that the clients talk to, started by them over stdio or by this
// file over HTTP, and what its tools are declared to be.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [program] = process.argv.slice(2);
export const root = process.argv[3];
const profiles = ['--profiles-dir', join(root, 'examples/profiles')];

export const server = { command: program, args: ['stdio', ...profiles] };

export const schemas = readdirSync(join(root, 'schemas'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')));

/** Runs `work` with the URL of a server over HTTP, which ends with it. */
export async function withHttpServer(work, options = []) {
  const child = spawn(program, [
    'http', '--listen', '127.0.0.1:0', '--rate-limit', '0',
    '--log-level', 'warn', ...profiles, ...options,
  ], { stdio: ['ignore', 'inherit', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (data) => {
      text += data;
      const found = text.match(/listening on (\S+)/);
      if (found) resolve(found[1]);
    });
    ended.then((code) => reject(new Error(`left with ${code}: ${text}`)));
  });
  try {
    return await work(url);
  } finally {
    child.kill('SIGTERM');
    const code = await ended;
    if (code !== 0) console.log(`FAILED  the server left with ${code}`);
    if (code !== 0) process.exitCode = 1;
  }
}
