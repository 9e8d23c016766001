// The requests of a round: the same ones, with the same ids, for the same seed.

import { hexId, pick, seeded } from './random.js';

const words = ['red', 'lamp', 'tent', 'no. 1', 'teal bike'];
const locales = ['en-IE', 'de-DE', 'fr-FR', 'pl-PL'];

export function planRequests(seed, count, articles) {
  const random = seeded(seed);
  const requests = [];
  while (requests.length < count) requests.push(...planVisit(random, articles));
  return requests.slice(0, count);
}

/** A visit is a trace; each of its requests is a span. */
function planVisit(random, articles) {
  const locale = pick(random, locales);
  const traceId = hexId(random, 32);
  const request = (path, argument) => ({ path, argument, locale, traceId, spanId: hexId(random, 16) });
  const visit = [request('/search', pick(random, words))];
  const views = 1 + Math.floor(random() * 4);
  for (let i = 0; i < views; i++) {
    visit.push(request('/article', Math.floor(random() ** 3 * articles)));
  }
  if (random() < 0.15) visit.push(request('/feed'));
  return visit;
}
