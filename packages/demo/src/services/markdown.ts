/** The HTML of a page in a small part of Markdown: `#` headings, `-` lists, paragraphs, `**bold**`, `` `code` ``. */
export function renderMarkdown(text: string): string {
  return text
    .trim()
    .split(/\n{2,}/)
    .map(renderBlock)
    .join('\n');
}

function renderBlock(block: string): string {
  const heading = /^(#{1,6}) (.*)$/.exec(block);
  if (heading) return `<h${heading[1]?.length}>${renderInline(heading[2] ?? '')}</h${heading[1]?.length}>`;
  if (block.startsWith('- ')) return renderList(block.split('\n'));
  return `<p>${renderInline(block)}</p>`;
}

function renderList(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${renderInline(line.replace(/^- /, ''))}</li>`).join('')}</ul>`;
}

function renderInline(text: string): string {
  return escapeHtml(text)
    .replaceAll(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replaceAll(/`(.+?)`/g, '<code>$1</code>');
}

function escapeHtml(text: string): string {
  let escaped = '';
  for (const character of text) escaped += entities[character] ?? character;
  return escaped;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
