// The configurations of Claude Code and Codex that README.md and docs/*.md
// print: command lines, and files in JSON and TOML.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const block = /^( *)```(\w*)\n(.*?)^ *```$/gms;
const heading = /^(?:#+ |\*\*)([A-Z][A-Za-z ]+)/gm;
const commandLine = /^(?:\$ )?((claude|codex) .*)$/;

/** The client that the nearest heading above, or word in bold, names. */
function clientAbove(text, index) {
  const names = [...text.slice(0, index).matchAll(heading)];
  return names.at(-1)?.[1].trim();
}

function inBlock([, , language, text], client) {
  if (language === 'toml') {
    const ours = /^\[mcp_servers\./m.test(text);
    return ours ? [{ kind: 'toml', client: 'codex', text }] : [];
  }
  if (language === 'json') {
    const ours = /"(?:mcpServers|servers|context_servers)"/.test(text);
    const name = client === 'Claude Code' ? 'claude' : client;
    return ours ? [{ kind: 'json', client: name, text }] : [];
  }
  return text.replaceAll('\\\n', ' ').split('\n')
    .map((line) => line.trim().match(commandLine))
    .filter((found) => found)
    .map(([, line, name]) => ({ kind: 'command', client: name, text: line }));
}

/** Every snippet with the place where it stands, such as README.md:69. */
export function findSnippets(root) {
  const docs = readdirSync(join(root, 'docs')).sort()
    .filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  return ['README.md', ...docs].flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(block)].flatMap((found) => {
      const line = text.slice(0, found.index).split('\n').length;
      return inBlock(found, clientAbove(text, found.index))
        .map((snippet) => ({ ...snippet, place: `${file}:${line}` }));
    });
  });
}
