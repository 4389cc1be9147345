import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderText } from './render-text.ts';
import type { SecretField } from './secret-ranges.ts';
import { SourceFile } from './source.ts';
import { withoutSecrets } from './without-secrets.ts';

const shown = (text: string, isSecret?: SecretField) =>
  withoutSecrets(new SourceFile('x.alloy', text), isSecret).text;

describe('withoutSecrets', () => {
  test('hides texts whose names tell that they are secret, however deep in the value', () => {
    const cases = {
      'password = "hunter2"': 'password = "*******"',
      'headers = {"Authorization" = "Bearer x", "Accept" = "text"}':
        'headers = {"Authorization" = "********", "Accept" = "text"}',
      'http_headers = {"Any" = ["a", "bc"]}': 'http_headers = {"Any" = ["*", "**"]}',
      'a {\n  token = "t" + "u"\n  name  = "n"\n}': 'a {\n  token = "*" + "*"\n  name  = "n"\n}',
      'token = string.trim("xyz", "")\nother = "o"': 'token = string.trim("***", "")\nother = "o"',
      'credentials = `two\nlines`': 'credentials = `***\n*****`',
    };
    for (const [text, expected] of Object.entries(cases)) assert.equal(shown(text), expected);
  });

  test('leaves names of variables and of fields, keys, labels and everything else as they stand', () => {
    for (const text of [
      'password = sys.env("PASSWORD")',
      'password = local.file.x["content"]',
      'local.file "token" { filename = "/run/token" }',
      'secret { name = "plain" }',
      'password_file = "/run/pw"',
      'labels = {"a" = "b"}',
      'is_secret = true',
    ])
      assert.equal(shown(text), text);
  });

  test('hides user information and tokens in URLs, and nothing else of them', () => {
    assert.equal(shown('url = "http://me:pw@host/p"'), 'url = "http://*****@host/p"');
    assert.equal(shown('url = "http://host/p?a=b&token=t"'), 'url = "http://host/p?a=b&token=*"');
  });

  test('hides them where the text is wrong, too', () => {
    const cases = {
      'password = "hunter2\nname = "n"': 'password = "*******\nname = "n"',
      "password = 'hunter2'": "password = '*******'",
      'password "hunter2"': 'password "*******"',
      'a { b = [1, 2\n  token = "t"': 'a { b = [1, 2\n  token = "*"',
      '}}}\ntoken = "t"': '}}}\ntoken = "*"',
    };
    for (const [text, expected] of Object.entries(cases)) assert.equal(shown(text), expected);
  });

  test('hides them in comments', () => {
    assert.equal(shown('// password = "old"\na = 1'), '// password = "***"\na = 1');
    assert.equal(shown('/* http://u:p@h */'), '/* http://***@h */');
  });

  test('hides what is known to be secret by the blocks around it', () => {
    const asked: string[] = [];
    const isSecret: SecretField = (path) => {
      asked.push(path.join(' '));
      return path.join(' ') === 'a.b inner.most key deep';
    };
    const text = 'a.b "x" {\n  inner.most {\n    key = {deep = "d", other = "o"}\n  }\n}\nkey = "k"';
    assert.equal(shown(text, isSecret), text.replace('"d"', '"*"'));
    assert.deepEqual(asked, [
      'a.b inner.most key',
      'a.b inner.most key deep',
      'a.b inner.most key other',
      'key',
    ]);
  });

  test('keeps lines and columns, so that the marks of an excerpt stay in place', () => {
    const text = 'a { password = "pä🎉ss", wrong = 1 }';
    const source = new SourceFile('x.alloy', text);
    const start = text.indexOf('wrong');
    const location = { source, range: { start, end: start + 5 } };
    const lines = renderText([{ severity: 'error', code: 'E0100', message: 'm', location }], {
      color: false,
    }).split('\n');
    assert.equal(lines[1], '  1 | a { password = "*****", wrong = 1 }');
    assert.equal(lines[2]?.indexOf('^^^^^'), lines[1]?.indexOf('wrong'));
  });
});
