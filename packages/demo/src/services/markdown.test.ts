import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderMarkdown } from './markdown.ts';

test('headings, lists, paragraphs, bold and code become HTML', () => {
  assert.equal(
    renderMarkdown('## Title\n\nA **bold** `word`\n\n- one\n- two\n'),
    '<h2>Title</h2>\n<p>A <strong>bold</strong> <code>word</code></p>\n<ul><li>one</li><li>two</li></ul>',
  );
});

test('what means something in HTML is escaped', () => {
  assert.equal(renderMarkdown('a < b & "c"'), '<p>a &lt; b &amp; &quot;c&quot;</p>');
});
