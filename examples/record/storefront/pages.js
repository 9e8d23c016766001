// The pages of the storefront, as HTML.

import Mustache from 'mustache';

import { renderMarkdown } from './markdown.js';

const listing = `<html><body><h1>{{title}}</h1>
<ol>{{#articles}}<li id="a{{id}}"><a href="/article/{{id}}">{{title}}</a>
{{price}} {{#marks}}<i class="{{kind}}">{{sign}}</i>{{/marks}}</li>
{{/articles}}</ol></body></html>`;

const single = `<html><body><h1>{{title}}</h1><p>{{price}}</p>
{{{description}}}
<footer>{{#others}}<a href="/article/{{id}}">{{title}}</a> {{/others}}</footer></body></html>`;

export function renderListing(title, articles, locale) {
  return Mustache.render(listing, { title, articles: articles.map((a) => listingRow(a, locale)) });
}

function listingRow(article, locale) {
  return {
    id: article.id,
    title: article.title,
    price: formatPrice(article.cents, locale),
    marks: Array.from({ length: article.stars }, () => ({ kind: 'star', sign: '★' })),
  };
}

export function renderArticle(article, others, locale) {
  return Mustache.render(single, {
    title: article.title,
    price: formatPrice(article.cents, locale),
    description: renderMarkdown(article.description),
    others,
  });
}

/** Makes a formatter for each price, which is far dearer than to format it. */
function formatPrice(cents, locale) {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
  return format.format(cents / 100);
}
