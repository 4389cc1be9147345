import { bytesFromText, simpleLower, simpleUpper, textFromBytes } from '@pewter/language';
import type { RelabelAction, RelabelRuleArguments } from './rule-schema.ts';
import { compileTemplate, replaceAll } from './template.ts';
import type { WorkingLabels } from './working-labels.ts';

/** Changes the labels in place; false drops what carries them. */
export type Apply = (labels: WorkingLabels) => boolean;

/** What each action does, as the reference's `relabel.Process`, made ready for the arguments of a rule. */
export const actions: Readonly<Record<RelabelAction, (rule: RelabelRuleArguments) => Apply>> = {
  replace,
  keep: ({ regex, ...rule }) => tested(rule, (value) => regex.test(value)),
  drop: ({ regex, ...rule }) => tested(rule, (value) => !regex.test(value)),
  keepequal: (rule) => compared(rule, (source, target) => source === target),
  dropequal: (rule) => compared(rule, (source, target) => source !== target),
  hashmod: (rule) => changed(rule, (value) => hashModulus(value, rule.modulus)),
  // A byte outside of UTF-8 becomes U+FFFD, as in Go.
  lowercase: (rule) => changed(rule, (value) => simpleLower(value.toWellFormed())),
  uppercase: (rule) => changed(rule, (value) => simpleUpper(value.toWellFormed())),
  labelmap,
  labeldrop: ({ regex }) => removing((name) => regex.test(name)),
  labelkeep: ({ regex }) => removing((name) => !regex.test(name)),
};

type Sources = Pick<RelabelRuleArguments, 'source_labels' | 'separator'>;

/** Gives the joined values of the source labels. */
type Source = (labels: WorkingLabels) => string;

function replace(rule: RelabelRuleArguments): Apply {
  const { regex } = rule;
  const source = sourceOf(rule);
  const name = compileTemplate(rule.target_label, regex);
  const value = compileTemplate(rule.replacement, regex);
  return (labels) => {
    const match = regex.match(source(labels));
    if (match === undefined) return true;
    const target = joined(name(match.groups));
    if (target === '' || !target.isWellFormed()) return true;
    labels.set(target, joined(value(match.groups)));
    return true;
  };
}

function labelmap({ regex, replacement }: RelabelRuleArguments): Apply {
  const template = compileTemplate(replacement, regex);
  return (labels) => {
    for (const [name, value] of labels.inOrder((one) => regex.test(one)))
      labels.set(joined(replaceAll(name, regex, template)), value);
    return true;
  };
}

function tested(rule: Sources, stays: (value: string) => boolean): Apply {
  const source = sourceOf(rule);
  return (labels) => stays(source(labels));
}

function compared(rule: RelabelRuleArguments, stays: (source: string, target: string) => boolean): Apply {
  const source = sourceOf(rule);
  return (labels) => stays(source(labels), labels.get(rule.target_label));
}

function changed(rule: RelabelRuleArguments, change: (value: string) => string): Apply {
  const source = sourceOf(rule);
  return (labels) => {
    labels.set(rule.target_label, change(source(labels)));
    return true;
  };
}

function removing(unwanted: (name: string) => boolean): Apply {
  return (labels) => {
    for (const name of labels.values.keys()) if (unwanted(name)) labels.delete(name);
    return true;
  };
}

function sourceOf({ source_labels: names = [], separator }: Sources): Source {
  const [first] = names;
  if (first === undefined) return () => '';
  if (names.length === 1) return (labels) => labels.get(first);
  return (labels) => {
    let text = labels.get(first);
    for (let index = 1; index < names.length; index++) text += separator + labels.get(names[index] ?? '');
    return joined(text);
  };
}

/** Bytes that only together spell a character do so once they stand side by side. */
function joined(text: string): string {
  return text.isWellFormed() ? text : textFromBytes(bytesFromText(text));
}

// Read when first needed: checking a rule hashes nothing, and the module takes time to load.
let crypto: typeof import('node:crypto') | undefined;

/** The last 8 bytes of the MD5, big-endian, modulo the modulus. */
function hashModulus(value: string, modulus: bigint): string {
  crypto ??= process.getBuiltinModule('node:crypto');
  const digest = crypto.hash('md5', bytesFromText(value), 'buffer');
  return (digest.readBigUInt64BE(8) % modulus).toString();
}
