import { bytesFromText, compareText, simpleLower, simpleUpper, textFromBytes } from '@pewter/language';
import type { RelabelAction, RelabelRuleArguments } from './rule-schema.ts';
import { expand, replaceAll } from './template.ts';

/** Labels while rules are at work on them. */
export type Labels = Map<string, string>;

/** Changes the labels in place; false drops what carries them. */
export type Apply = (rule: RelabelRuleArguments, labels: Labels) => boolean;

/** What each action does, as the reference's `relabel.Process`. */
export const actions: Readonly<Record<RelabelAction, Apply>> = {
  replace,
  keep: (rule, labels) => rule.regex.match(sourceValue(rule, labels)) !== undefined,
  drop: (rule, labels) => rule.regex.match(sourceValue(rule, labels)) === undefined,
  keepequal: (rule, labels) => labelValue(labels, rule.target_label) === sourceValue(rule, labels),
  dropequal: (rule, labels) => labelValue(labels, rule.target_label) !== sourceValue(rule, labels),
  hashmod: (rule, labels) =>
    set(labels, rule.target_label, hashModulus(sourceValue(rule, labels), rule.modulus)),
  // A byte outside of UTF-8 becomes U+FFFD, as in Go.
  lowercase: (rule, labels) =>
    set(labels, rule.target_label, simpleLower(sourceValue(rule, labels).toWellFormed())),
  uppercase: (rule, labels) =>
    set(labels, rule.target_label, simpleUpper(sourceValue(rule, labels).toWellFormed())),
  labelmap,
  labeldrop: (rule, labels) => removeWhere(labels, (name) => rule.regex.match(name) !== undefined),
  labelkeep: (rule, labels) => removeWhere(labels, (name) => rule.regex.match(name) === undefined),
};

function replace(rule: RelabelRuleArguments, labels: Labels): boolean {
  const match = rule.regex.match(sourceValue(rule, labels));
  if (match === undefined) return true;
  const name = joined(expand(rule.target_label, rule.regex, match));
  if (name === '' || !name.isWellFormed()) return true;
  return set(labels, name, joined(expand(rule.replacement, rule.regex, match)));
}

/** In the sorted order of the names, so that of two labels mapped onto one name the last wins, always. */
function labelmap(rule: RelabelRuleArguments, labels: Labels): boolean {
  for (const [name, value] of [...labels].sort(([left], [right]) => compareText(left, right))) {
    if (rule.regex.match(name) === undefined) continue;
    set(labels, joined(replaceAll(name, rule.regex, rule.replacement)), value);
  }
  return true;
}

function sourceValue({ source_labels: names = [], separator }: RelabelRuleArguments, labels: Labels): string {
  const [only] = names;
  if (only !== undefined && names.length === 1) return labelValue(labels, only);
  return joined(names.map((name) => labelValue(labels, name)).join(separator));
}

/** Bytes that only together spell a character do so once they stand side by side. */
function joined(text: string): string {
  return text.isWellFormed() ? text : textFromBytes(bytesFromText(text));
}

function labelValue(labels: Labels, name: string): string {
  return labels.get(name) ?? '';
}

function set(labels: Labels, name: string, value: string): true {
  if (value === '') labels.delete(name);
  else labels.set(name, value);
  return true;
}

function removeWhere(labels: Labels, unwanted: (name: string) => boolean): true {
  for (const name of labels.keys()) if (unwanted(name)) labels.delete(name);
  return true;
}

// Read when first needed: checking a rule hashes nothing, and the module takes time to load.
let crypto: typeof import('node:crypto') | undefined;

/** The last 8 bytes of the MD5, big-endian, modulo the modulus. */
function hashModulus(value: string, modulus: bigint): string {
  crypto ??= process.getBuiltinModule('node:crypto');
  const digest = crypto.hash('md5', bytesFromText(value), 'buffer');
  return (digest.readBigUInt64BE(8) % modulus).toString();
}
