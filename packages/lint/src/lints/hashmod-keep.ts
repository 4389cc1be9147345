import { type Attribute, type Block, walk } from '@pewter/syntax';
import type { Lint } from '../lint.ts';
import { attributeOf, textOf } from '../literal.ts';
import type { Scope } from '../scope.ts';

/** Targets that are shared out, and then all taken. */
export const hashmodKeep: Lint = {
  name: 'hashmod-keep',
  code: 'W0525',
  about: 'a relabel rule with `hashmod` into a label that no rule looks at',
  *check(scope) {
    const read = readLabels(scope);
    for (const { block, part } of scope.blocks) {
      for (const rule of hashmods(block)) {
        const label = textOf(attributeOf(rule.body, 'target_label')?.value);
        // A label that stays on the target may be meant for whoever reads the data.
        if (label === undefined || !label.startsWith('__') || read.has(label) || read.has(undefined))
          continue;
        yield {
          at: part,
          range: attributeOf(rule.body, 'action')?.value.range ?? rule.range,
          message: `no rule looks at \`${label}\`, so this \`hashmod\` shares nothing out`,
          hint: `keep one share: a rule with \`source_labels = ["${label}"]\`, \`regex = "0"\` and \`action = "keep"\``,
        };
      }
    }
  },
};

function hashmods(block: Block): readonly Block[] {
  const found: Block[] = [];
  walk(block, (node) => {
    if (node.kind === 'block' && textOf(attributeOf(node.body, 'action')?.value) === 'hashmod')
      found.push(node);
  });
  return found;
}

/** The labels that rules of a scope look at; undefined among them: some cannot be told. */
function readLabels({ parts }: Scope): ReadonlySet<string | undefined> {
  const labels = new Set<string | undefined>();
  const see = ({ name, value }: Attribute) => {
    if (name.name !== 'source_labels') return;
    if (value.kind !== 'array') labels.add(undefined);
    else for (const element of value.elements) labels.add(textOf(element));
  };
  for (const statement of parts.flatMap(({ body }) => body)) {
    walk(statement, (node) => {
      if (node.kind === 'attribute') see(node);
    });
  }
  return labels;
}
