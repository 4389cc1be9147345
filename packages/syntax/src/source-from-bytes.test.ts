import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse } from './parse.ts';
import { sourceFromBytes } from './source-from-bytes.ts';

describe('sourceFromBytes', () => {
  test('decodes UTF-8', () => {
    assert.equal(sourceFromBytes('a', Buffer.from('é = "日🎉"')).text, 'é = "日🎉"');
  });

  test('keeps each byte that is not UTF-8 visible, so that it is reported where it stands', () => {
    const bytes = Buffer.from([...Buffer.from('a = 1\nb = "é'), 0xff, 0x22]);
    const source = sourceFromBytes('a', bytes);
    const [first] = parse(source).diagnostics;
    assert.equal(first?.code, 'E0104');
    assert.deepEqual(source.position(first?.location?.range.start ?? 0), { line: 2, column: 7 });
  });

  test('refuses surrogates, overlong forms and sequences cut short, byte by byte', () => {
    for (const bytes of [
      [0xed, 0xa0, 0x80],
      [0xc0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe2, 0x82],
    ])
      assert.equal(sourceFromBytes('a', Uint8Array.from(bytes)).text.length, bytes.length);
  });

  test('leaves a replacement character that the file holds alone', () => {
    assert.deepEqual(parse(sourceFromBytes('a', Buffer.from('a = "\uFFFD"'))).diagnostics, []);
  });

  test('keeps a byte order mark, over which the parser passes', () => {
    const source = sourceFromBytes('a', Buffer.from('\uFEFFa = 1'));
    assert.equal(source.text, '\uFEFFa = 1');
    assert.deepEqual(parse(source).diagnostics, []);
  });

  test('decodes what is valid in any bytes as the platform does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: 'binary' }), (noise, text) => {
        const bytes = Buffer.concat([noise, Buffer.from(text)]);
        const visible = sourceFromBytes('a', bytes).text.replace(/[\uDC80-\uDCFF](?<![\uD800-\uDBFF].)/g, '');
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\uFFFD', '');
        assert.equal(visible.replaceAll('\uFFFD', ''), expected);
      }),
    );
  });
});
