// The storefront's handlers. They run to their end without waiting, so the
// context that labels a profile holds for one request at a time.

import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { renderArticle, renderListing } from './pages.js';

export class App {
  #articles;
  #pages = new Map(); // rendered pages, the oldest first

  constructor(articles) {
    this.#articles = articles;
  }

  handle({ path, argument, locale }) {
    switch (path) {
      case '/search':
        return this.#respond(this.#search(argument, locale));
      case '/article':
        return this.#respond(this.#article(argument, locale));
      case '/feed':
        return this.#respond(this.#feed());
      default:
        throw new Error(`no such page: ${path}`);
    }
  }

  #search(word, locale) {
    const found = this.#articles
      .filter((a) => a.title.includes(word))
      .sort((a, b) => b.stars - a.stars || compareTitles(a, b))
      .slice(0, 60);
    return renderListing(`Results for ${word}`, found, locale);
  }

  #article(id, locale) {
    const key = `${locale} ${id}`;
    if (!this.#pages.has(key)) {
      const others = this.#articles.slice(id + 1, id + 7);
      this.#pages.set(key, renderArticle(this.#articles[id], others, locale));
      if (this.#pages.size > 100) this.#pages.delete(this.#pages.keys().next().value);
    }
    return this.#pages.get(key);
  }

  #feed() {
    return JSON.stringify(this.#articles.slice(0, 40));
  }

  #respond(body) {
    return { etag: computeEtag(body), body: gzipSync(body) };
  }
}

function compareTitles(a, b) {
  return a.title.localeCompare(b.title);
}

function computeEtag(body) {
  return createHash('sha256').update(body).digest('base64url');
}
