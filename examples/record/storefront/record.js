// storefront renders pages for made-up visitors and records itself.
// Usage: node record.js OUT [TIME]: TIME (RFC 3339) is what the first round's
// profiles tell.

import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { App } from './app.js';
import { makeArticles } from './articles.js';
import { startHeap, startWall, withLabels, writeRound } from './profiles.js';
import { planRequests } from './visits.js';

const rounds = 4;
const roundMillis = 4000;
const requestsPerRound = 1200;
const stepMillis = 30000; // from one round to the next, in the time they tell

const [out, time] = process.argv.slice(2);
if (!out) {
  console.error('usage: node record.js OUT [TIME]');
  process.exit(2);
}
const start = time ? Date.parse(time) : Date.now();

/** Sends the requests evenly; a late one is followed by the next at once. */
async function runRound(app, requests) {
  const began = Date.now();
  for (const [i, request] of requests.entries()) {
    const due = began + (i * roundMillis) / requests.length;
    await sleep(Math.max(0, due - Date.now()));
    serve(app, request);
  }
}

function serve(app, request) {
  const labels = { handler: request.path, span_id: request.spanId, trace_id: request.traceId };
  withLabels(labels, app.handle.bind(app, request));
}

mkdirSync(out, { recursive: true });
startHeap();
const articles = makeArticles(3000);
const app = new App(articles);
for (let round = 0; round < rounds; round++) {
  const requests = planRequests(`round ${round}`, requestsPerRound, articles.length);
  startWall();
  await runRound(app, requests);
  writeRound(out, `v1.web-a.r${round}`, start + round * stepMillis);
}
