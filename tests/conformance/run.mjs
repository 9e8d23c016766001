// Runs the official conformance suite:
//   node run.mjs EVERYTHING_SERVER PRODUCT BASELINE RESULTS_FOLDER
// against the everything server all that each revision asks for, and against
// the product what needs no fixtures. Every check counts, and a warning counts
// as a failure; one line for each run, then the sum.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [everything, product, baseline, results] = process.argv.slice(2);

// An extension of its own, which this server does not have.
const leftOut = /^server-tasks-/;

const suites = [
  ['2026-07-28', ['--requirements', '2026-07-28']],
  ['2025-11-25', ['--requirements', '2025-11-25']],
  ['2025-06-18', ['--suite', 'all', '--spec-version', '2025-06-18']],
  ['2025-03-26', ['--suite', 'all', '--spec-version', '2025-03-26']],
];

// Meaningful for any server.
const withoutFixtures = [
  ['2025-11-25', ['server-initialize', 'server-session-lifecycle', 'ping',
    'tools-list', 'dns-rebinding-protection', 'server-sse-multiple-streams']],
  ['2026-07-28', ['tools-list', 'dns-rebinding-protection',
    'server-sse-multiple-streams', 'http-header-validation',
    'input-required-result-unsupported-methods']],
];

// The process and the URL that it says it answers on.
function start(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`${program} ended: ${code}`)));
    child.on('error', reject);
    createInterface({ input: child.stderr }).on('line', (line) => {
      const url = /http:\/\/\S+\/mcp/.exec(line);
      if (url) resolve({ child, url: url[0] });
    });
  });
}

function conformance(args) {
  const child = spawn('conformance', ['server', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => { output += data; });
  }
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, output }));
  });
}

// What the checks below `folder` came to.
function judge(folder) {
  const sum = { passed: 0, problems: [] };
  for (const name of readdirSync(folder).sort()) {
    if (leftOut.test(name)) continue;
    const scenario = name.replace(/^server-|-\d{4}-\d\d-\d\dT.*$/g, '');
    const checks = JSON.parse(readFileSync(join(folder, name, 'checks.json')));
    for (const check of checks) {
      if (check.status === 'SUCCESS') sum.passed += 1;
      if (check.status === 'FAILURE' || check.status === 'WARNING') {
        sum.problems.push(`${check.status} ${scenario}:${check.id} ` +
          `${check.errorMessage ?? check.description ?? ''}`);
      }
    }
  }
  return sum;
}

const total = { passed: 0, failed: 0 };

async function run(title, url, folder, args) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { code, output } = await conformance(
    ['--url', url, '-o', folder, '--expected-failures', baseline, ...args]);
  const { passed, problems } = judge(folder);
  if (code !== 0 && problems.length === 0) {
    problems.push(`exit code ${code}\n${output}`);
  }
  if (passed === 0) problems.push(`nothing was checked\n${output}`);
  console.log(`${problems.length ? 'FAILED' : 'ok    '}  ${title.padEnd(52)} ` +
    `${passed} checks`);
  for (const problem of problems) console.log(`        ${problem}`);
  total.passed += passed;
  total.failed += problems.length;
}

const fixtures = await start(everything, ['http', '0']);
for (const [version, args] of suites) {
  await run(`everything server, ${version}`, fixtures.url,
    join(results, `everything-${version}`), args);
}
fixtures.child.removeAllListeners('exit');
fixtures.child.kill();

const real = await start(product, ['http', '--listen', '127.0.0.1:0']);
for (const [version, scenarios] of withoutFixtures) {
  for (const scenario of scenarios) {
    await run(`product, ${version}, ${scenario}`, real.url,
      join(results, `product-${version}-${scenario}`),
      ['--scenario', scenario, '--spec-version', version]);
  }
}
real.child.removeAllListeners('exit');
real.child.kill();

console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
