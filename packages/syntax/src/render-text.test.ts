import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import type { Diagnostic } from './diagnostic.ts';
import { displayWidth } from './display-width.ts';
import { renderText, summary } from './render-text.ts';
import { SourceFile } from './source.ts';

/** A diagnostic about the first place of `part` in a text. */
function about(text: string, part: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const source = new SourceFile('x.alloy', text);
  const start = text.indexOf(part);
  const location = { source, range: { start, end: start + part.length } };
  return { severity: 'error', code: 'E0100', message: 'wrong', location, ...more };
}
const shown = (text: string, part: string, context?: number) =>
  renderText([about(text, part)], { color: false, ...(context === undefined ? {} : { context }) }).split(
    '\n',
  );

describe('renderText', () => {
  test('shows place, code, message, and the lines around with the range underlined', () => {
    assert.deepEqual(shown('one\ntwo\nthree\nfour bad\nfive\nsix\nseven', 'bad'), [
      'x.alloy:4:6: error[E0100]: wrong',
      '  2 | two',
      '  3 | three',
      '  4 | four bad',
      '    |      ^^^',
      '  5 | five',
      '  6 | six',
      '',
    ]);
  });

  test('shows fewer lines at the beginning and the end, and none when asked', () => {
    assert.deepEqual(shown('bad\n', 'bad').slice(1), ['  1 | bad', '    | ^^^', '']);
    assert.deepEqual(shown('one\nbad\ntwo', 'bad', 0).slice(1), ['  2 | bad', '    | ^^^', '']);
  });

  test('neither counts nor shows a byte order mark', () => {
    assert.deepEqual(shown('\uFEFFbad\nx', 'bad'), [
      'x.alloy:1:1: error[E0100]: wrong',
      '  1 | bad',
      '    | ^^^',
      '  2 | x',
      '',
    ]);
  });

  test('gives all line numbers the width of the last', () => {
    assert.deepEqual(shown(`${'\n'.repeat(8)}bad\nten`, 'bad', 1).slice(1, 4), [
      '   8 | ',
      '   9 | bad',
      '     | ^^^',
    ]);
  });

  test('puts the caret below wide characters, emoji and tabs', () => {
    for (const before of ['日本', '\t', '🎉', 'é', 'e\u0301', '👩‍👩‍👧']) {
      const [, line = '', caret = ''] = shown(`${before}bad`, 'bad');
      assert.equal(displayWidth(line.slice(0, line.indexOf('bad'))), caret.indexOf('^'), before);
      assert.equal(caret.trimEnd().length - caret.indexOf('^'), 3);
    }
  });

  test('cuts long lines around the place', () => {
    const [, line = '', caret = ''] = shown(`${'x'.repeat(500)}bad${'y'.repeat(500)}`, 'bad');
    assert.match(line, /… *x+bady+…$|\| …x+bady+…$/);
    assert.ok(line.length < 180);
    assert.equal(line.slice(caret.indexOf('^'), caret.indexOf('^') + 3), 'bad');
  });

  test('marks the end of the first line of a range of several lines', () => {
    assert.deepEqual(shown('a (b\nc)', '(b\nc)', 0).slice(1, 3), ['  1 | a (b', '    |   ^^']);
  });

  test('lets no control character through', () => {
    const text = renderText([about('a \x1b[31m\u202E bad', 'bad')], { color: false });
    assert.ok(!text.includes('\x1b') && !text.includes('\u202E'));
  });

  test('adds hint and related places', () => {
    const source = new SourceFile('y.alloy', 'first');
    const related = [{ source, range: { start: 0, end: 5 }, message: 'opened here' }];
    const text = renderText([about('bad', 'bad', { hint: 'mend it', related })], { color: false });
    assert.deepEqual(text.split('\n').slice(3), [
      '  hint: mend it',
      '  y.alloy:1:1: opened here',
      '  1 | first',
      '    | ^^^^^',
      '',
    ]);
  });

  test('says the same in colour', () => {
    const diagnostics = [about('one\nbad', 'bad', { severity: 'warning', hint: 'mend it' })];
    const colored = renderText(diagnostics, { color: true });
    assert.notEqual(colored, stripVTControlCharacters(colored));
    assert.equal(stripVTControlCharacters(colored), renderText(diagnostics, { color: false }));
  });

  test('does without a place', () => {
    const text = renderText([{ severity: 'error', code: 'E0900', message: 'no file' }], { color: false });
    assert.equal(text, 'error[E0900]: no file\n');
  });
});

describe('summary', () => {
  test('counts errors and warnings', () => {
    const error = about('a', 'a');
    const warning = about('a', 'a', { severity: 'warning' });
    assert.equal(summary([error, warning, error]), '2 errors, 1 warning');
    assert.equal(summary([]), '');
  });
});
