import { type Attribute, type Block, blockName, walk } from '@pewter/syntax';
import type { Lint, PlacedFinding } from '../lint.ts';
import { attributeOf, textOf } from '../literal.ts';
import { groupsOf } from '../regex-groups.ts';
import type { Part } from '../scope.ts';

/** The blocks that hold rules of relabelling. */
const relabelBlocks: ReadonlySet<string> = new Set(['rule', 'write_relabel_config']);
/** What a rule without a `regex` matches by: all of the text, as its one group. */
const defaultRegex = '(.*)';
const reference = /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu;

/** A template that asks for what its expression does not give. */
export const missingGroup: Lint = {
  name: 'missing-group',
  code: 'W0530',
  about: 'a replacement with a group that its regex does not have',
  *check({ parts }) {
    for (const part of parts) {
      const rules: Block[] = [];
      for (const statement of part.body)
        walk(statement, (node) => {
          if (node.kind === 'block' && relabelBlocks.has(blockName(node))) rules.push(node);
        });
      for (const rule of rules) yield* checkRule(rule, part);
    }
  },
};

function* checkRule({ body }: Block, at: Part): Iterable<PlacedFinding> {
  const action = attributeOf(body, 'action');
  const regex = attributeOf(body, 'regex');
  const pattern = regex === undefined ? defaultRegex : textOf(regex.value);
  const does = action === undefined ? 'replace' : textOf(action.value)?.toLowerCase();
  if (pattern === undefined || (does !== 'replace' && does !== 'labelmap')) return;
  const groups = groupsOf(pattern);
  for (const name of ['replacement', 'target_label']) {
    const template = attributeOf(body, name);
    const missing = template && missingIn(template, groups);
    if (missing === undefined) continue;
    yield {
      at,
      range: missing.template.value.range,
      message: `${missing.what} is no group of ${regex === undefined ? 'the default regex `(.*)`' : 'this regex'}, so it stands for nothing`,
      hint: hintFor(missing.name, groups),
    };
  }
}

interface Missing {
  readonly template: Attribute;
  readonly what: string;
  readonly name: string;
}

function missingIn(template: Attribute, groups: ReadonlySet<string>): Missing | undefined {
  for (const [whole, dollar, braced, bare] of (textOf(template.value) ?? '').matchAll(reference)) {
    const name = braced ?? bare ?? '';
    if (dollar === undefined && !groups.has(name)) return { template, what: `\`${whole}\``, name };
  }
  return undefined;
}

/** `$1x` is the group `1x`: the longest name counts. */
function hintFor(name: string, groups: ReadonlySet<string>): string {
  const number = /^\d+/.exec(name)?.[0];
  if (number !== undefined && number !== name && groups.has(number))
    return `put the number in braces: \`\${${number}}${name.slice(number.length)}\``;
  const known = [...groups].filter((group) => group !== '0').map((group) => `\`\${${group}}\``);
  return known.length === 0 ? 'put parentheses around what is to be kept' : `it has ${known.join(', ')}`;
}
