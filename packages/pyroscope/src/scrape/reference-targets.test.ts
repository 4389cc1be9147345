import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeText } from '../decode.test-help.ts';
import type { Label } from '../labels.ts';
import { referenceAbsent, referenceText } from '../reference.test-help.ts';
import { scrapeArguments } from './arguments.ts';
import { buildTargets } from './scrape-target.ts';
import { targetSettings } from './settings.ts';

interface Line {
  readonly name: string;
  readonly args: string;
  readonly job?: string;
  readonly target?: Readonly<Record<string, string>>;
  readonly group?: Readonly<Record<string, string>>;
  readonly scrapes?: readonly { url: string; labels: string; hash: string }[];
  readonly error?: string;
}

/** Where we are better: an explicit "14s" is explicit, and `seconds` does not leak from one profile into another. */
const better: Readonly<Record<string, (line: string) => string>> = {
  'cpu-duration-default-14s': (text) => text.replace('seconds=59', 'seconds=14'),
  'params-arg-with-two-deltas': (text) =>
    text.replace('seconds=14&seconds=14', 'seconds=14').replace('__param_seconds="14", ', ''),
};

/** Targets where there are some, else the sentence that says why not. */
function build(line: Line) {
  const text = `targets = []\nforward_to = []\n${line.args}`;
  const { value, diagnostics } = decodeText(text, scrapeArguments);
  if (value === undefined) return diagnostics.map(({ message }) => message).join('\n');
  const settings = { ...targetSettings(value), jobName: line.job ?? '' };
  const built = buildTargets(Object.entries({ ...line.group, ...line.target }), settings);
  return built.refused[0]?.problem ?? built.targets;
}

/** What of a refused config is said in the reference's very words; the rest differs in wording only. */
function isInOtherWords(error: string): boolean {
  return !error.startsWith('scrape_') && !error.startsWith('delta_');
}

function labelText(labels: readonly Label[]): string {
  return `{${labels.map(({ name, value }) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
}

const lines = referenceText('targets/pyroscope.jsonl')
  .split('\n')
  .filter((text) => text !== '')
  .map((text): Line => JSON.parse(text));

describe('scrape targets are those of the reference', { skip: referenceAbsent }, () => {
  for (const line of lines.filter(({ name }) => name !== undefined)) {
    test(line.name, () => {
      const built = build(line);
      if (line.error !== undefined) {
        assert.ok(typeof built === 'string');
        return assert.ok(isInOtherWords(line.error) || built === line.error, built);
      }
      assert.ok(typeof built !== 'string', String(built));
      const mend = better[line.name];
      const actual = built.map(({ url, labels, hash }) => `${url} ${labelText(labels)} ${mend ? '' : hash}`);
      const expected = (line.scrapes ?? []).map(({ url, labels, hash }) =>
        mend ? mend(`${url} ${labels} `) : `${url} ${labels} ${hash}`,
      );
      assert.deepEqual(actual.sort(), expected.sort());
    });
  }
});
