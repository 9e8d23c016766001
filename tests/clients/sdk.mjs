// The official TypeScript SDKs as clients, each with the same questions.
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  Client as ClientV2, StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import assert from 'node:assert/strict';
import { schemas, server } from './server.mjs';

const info = { name: 'pyroscope-mcp-clients', version: '1' };

/** What any client of any era must find. */
async function ask(client) {
  assert.equal(client.getServerVersion().name, 'pyroscope-mcp');
  assert.ok(client.getServerCapabilities().tools, 'no tools declared');
  assert.match(client.getInstructions(), /query_flamegraph/);

  const { tools } = await client.listTools();
  assert.deepEqual(
    tools.map((tool) => tool.name).sort(),
    schemas.map((schema) => schema.name).sort());
  for (const schema of schemas) {
    const listed = tools.find((tool) => tool.name === schema.name);
    assert.deepEqual(listed.inputSchema, schema.inputSchema);
    assert.equal(listed.description, schema.description);
  }

  const types = await client.callTool({ name: 'list_profile_types' });
  assert.ok(!types.isError);
  assert.match(types.content[0].text, /process_cpu:cpu:nanoseconds:cpu:nanoseconds/);
  assert.equal(types.structuredContent, undefined);

  const flames = await client.callTool({
    name: 'query_flamegraph',
    arguments: { service: 'shop', selector: 'version="v2"', format: 'json' },
  });
  assert.ok(!flames.isError);
  const { functions, total } = flames.structuredContent;
  assert.ok(total > 0);
  assert.ok(functions.some((row) => row.name === 'strings.EqualFold'));
  assert.deepEqual(JSON.parse(flames.content[0].text), flames.structuredContent);

  const wrong = await client.callTool({
    name: 'top_series', arguments: { limit: 'many' },
  });
  assert.equal(wrong.isError, true);
  assert.match(wrong.content[0].text, /limit/);

  await assert.rejects(client.callTool({ name: 'query_flamegrap' }),
    /did you mean \\?"query_flamegraph\\?"/);
  return `${tools.length} tools`;
}

/** Over stdio without a URL. */
export async function sdkV1(url) {
  const client = new ClientV1(info, { capabilities: {} });
  const transport = url
    ? new HttpV1(new URL(url))
    : new StdioV1({ ...server, stderr: 'inherit' });
  let negotiated;
  const set = transport.setProtocolVersion?.bind(transport);
  transport.setProtocolVersion = (version) => {
    negotiated = version;
    set?.(version);
  };
  await client.connect(transport);
  assert.equal(negotiated, '2025-11-25');
  await client.ping();
  const found = await ask(client);
  if (url) await transport.terminateSession();
  await client.close();
  return `${negotiated}, ${found}`;
}

export async function sdkV2(mode, version, url) {
  const client = new ClientV2(info, {
    capabilities: {}, versionNegotiation: { mode },
  });
  await client.connect(url
    ? new HttpV2(new URL(url))
    : new StdioV2({ ...server, stderr: 'inherit' }));
  const negotiated = client.getNegotiatedProtocolVersion();
  assert.equal(negotiated, version);
  const found = await ask(client);
  await client.close();
  return `${negotiated}, ${found}`;
}

/** The tools of a server that some client has in its configuration. */
export async function sdkAnswers({ command, args, env, url }, bearer) {
  const client = new ClientV1(info, { capabilities: {} });
  const headers = bearer ? { Authorization: `Bearer ${bearer}` } : {};
  await client.connect(url
    ? new HttpV1(new URL(url), { requestInit: { headers } })
    : new StdioV1({ command, args, env: env ?? {} }));
  const { tools } = await client.listTools();
  const types = await client.callTool({ name: 'list_profile_types' });
  await client.close();
  assert.ok(!types.isError, types.content[0].text);
  return `${tools.length} tools`;
}
