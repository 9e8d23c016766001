// A small Markdown renderer: headings, lists, paragraphs, and in them emphasis,
// code and links.

const inline = [
  ['**', 'strong'],
  ['*', 'em'],
  ['`', 'code'],
];

export function renderMarkdown(text) {
  return text.split('\n\n').map(renderBlock).join('\n');
}

function renderBlock(block) {
  if (block.startsWith('## ')) return `<h2>${renderInline(block.slice(3))}</h2>`;
  if (block.startsWith('- ')) return renderList(block);
  return `<p>${renderInline(block)}</p>`;
}

function renderList(block) {
  const items = block.split('\n').map((line) => `<li>${renderInline(line.slice(2))}</li>`);
  return `<ul>${items.join('')}</ul>`;
}

/** Goes through the text once and calls itself for what is inside a mark. */
function renderInline(text) {
  let html = '';
  let at = 0;
  while (at < text.length) {
    const found = readLink(text, at) ?? readMark(text, at);
    if (found) {
      html += found.html;
      at = found.end;
    } else {
      html += escapeChar(text[at]);
      at++;
    }
  }
  return html;
}

function readMark(text, at) {
  for (const [mark, tag] of inline) {
    if (!text.startsWith(mark, at)) continue;
    const end = text.indexOf(mark, at + mark.length);
    if (end < 0) continue;
    const inner = renderInline(text.slice(at + mark.length, end));
    return { html: `<${tag}>${inner}</${tag}>`, end: end + mark.length };
  }
  return undefined;
}

function readLink(text, at) {
  if (text[at] !== '[') return undefined;
  const close = text.indexOf('](', at);
  const end = text.indexOf(')', close);
  if (close < 0 || end < 0) return undefined;
  const label = renderInline(text.slice(at + 1, close));
  return { html: `<a href="${text.slice(close + 2, end)}">${label}</a>`, end: end + 1 };
}

function escapeChar(c) {
  switch (c) {
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '&':
      return '&amp;';
    case '"':
      return '&quot;';
    default:
      return c;
  }
}
