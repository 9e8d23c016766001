// Makes up what is on sale: articles with a description in Markdown.

import { pick, seeded } from './random.js';

const nouns = ['shoe', 'coat', 'lamp', 'desk', 'book', 'tent', 'bike', 'bowl'];
const colours = ['red', 'blue', 'green', 'black', 'white', 'amber', 'grey', 'teal'];
const phrases = [
  'made by *hand*',
  'from `recycled` material',
  'with **two** years of warranty',
  'as seen in [our magazine](/magazine)',
  'for < 5 people & a dog',
  'dries within an hour',
];

export function makeArticles(count) {
  const random = seeded('articles');
  return Array.from({ length: count }, (_, id) => makeArticle(random, id));
}

function makeArticle(random, id) {
  return {
    id,
    title: `${pick(random, colours)} ${pick(random, nouns)} no. ${id}`,
    cents: 500 + Math.floor(random() * 20000),
    stars: 1 + Math.floor(random() * 5),
    description: makeDescription(random),
  };
}

function makeDescription(random) {
  const parts = [];
  for (let i = 0; i < 12; i++) {
    parts.push(`## ${pick(random, nouns)}`);
    parts.push(Array.from({ length: 20 }, () => pick(random, phrases)).join(', ') + '.');
    parts.push(Array.from({ length: 4 }, () => `- ${pick(random, phrases)}`).join('\n'));
  }
  return parts.join('\n\n');
}
