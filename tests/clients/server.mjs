// The server that the clients start, and what its tools are declared to be.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [program, root] = process.argv.slice(2);

export const server = {
  command: program,
  args: ['stdio', '--profiles-dir', join(root, 'examples/profiles')],
};

export const schemas = readdirSync(join(root, 'schemas')).map(
  (file) => JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')));
