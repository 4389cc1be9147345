import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText } from '../decode.test-help.ts';
import { writeArguments } from '../write/arguments.ts';
import { scrapeArguments } from './arguments.ts';

const codesOf = (text: string) =>
  decodeText(`targets = []\nforward_to = []\n${text}`, scrapeArguments).diagnostics.map(({ code }) => code);

const noCpu = 'profiling_config {\n profile.process_cpu { enabled = false }\n}';

describe('the rules of pyroscope.scrape', () => {
  for (const [text, codes] of [
    ['', []],
    ['scrape_timeout = "0s"', ['E0511']],
    [`scrape_interval = "0s"\n${noCpu}`, ['E0512']],
    ['scrape_interval = "1s"', ['E0512']],
    [`scrape_interval = "1s"\n${noCpu}`, []],
    ['scrape_interval = "10s"', []],
    ['scrape_interval = "3s"\ndelta_profiling_duration = "3s"', ['E0513']],
    ['scrape_interval = "3s"\ndelta_profiling_duration = "1s"', ['E0513']],
    [`scrape_interval = "3s"\ndelta_profiling_duration = "3s"\n${noCpu}`, []],
    ['scrape_interval = "16s"\ndelta_profiling_duration = "14s"', []],
    [customBlocks('x', 'x'), ['E0514']],
    [customBlocks('x', 'y'), []],
    [customBlocks('memory'), []],
  ] as const) {
    test(`${JSON.stringify(text)} gives ${codes.join(', ') || 'nothing'}`, () =>
      assert.deepEqual(codesOf(text), codes));
  }
});

function customBlocks(...labels: readonly string[]): string {
  const block = (label: string) => `profile.custom "${label}" {\n enabled = true\n path = "/a"\n}`;
  return `profiling_config {\n${labels.map(block).join('\n')}\n}`;
}

describe('the rules of pyroscope.write', () => {
  const codes = (labels: string) =>
    decodeText(`external_labels = {${labels}}`, writeArguments).diagnostics.map(({ code }) => code);

  test('refuse external labels with names that servers refuse', () => {
    assert.deepEqual(codes('"bad-ext" = "v"'), ['E0515']);
    assert.deepEqual(codes('"good_1.x" = "v", "__x__" = ""'), []);
  });
});
