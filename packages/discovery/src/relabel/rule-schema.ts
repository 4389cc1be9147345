import {
  body,
  EvaluationError,
  type Infer,
  list,
  optional,
  type Rule,
  type RuleViolation,
  string,
  type TextKind,
  text,
  uint64,
  withDefault,
} from '@pewter/language';
import { compilePattern, type Pattern } from './pattern.ts';

const actionNames = [
  'replace',
  'keep',
  'drop',
  'hashmod',
  'labelmap',
  'labeldrop',
  'labelkeep',
  'keepequal',
  'dropequal',
  'lowercase',
  'uppercase',
] as const;

/** What a rule does. */
export type RelabelAction = (typeof actionNames)[number];

const actionKind: TextKind<RelabelAction> = {
  name: 'relabel.Action',
  parse(given) {
    const action = actionNames.find((name) => name === given);
    if (action !== undefined) return action;
    throw new EvaluationError('E0315', `\`${given}\` is no action of a relabel rule`, {
      hint: `one of ${actionNames.join(', ')}`,
    });
  },
};

const regexKind: TextKind<Pattern> = {
  name: 'relabel.Regexp',
  parse: compilePattern,
  print: ({ source }) => source,
};

/** What counts as not given, even when it is. */
const defaults = { separator: ';', regex: '(.*)', replacement: '$1', action: 'replace' } as const;

const fields = {
  source_labels: optional(list(string)),
  separator: withDefault(string, defaults.separator),
  regex: withDefault(text(regexKind), defaults.regex),
  modulus: withDefault(uint64, 0),
  target_label: withDefault(string, ''),
  replacement: withDefault(string, defaults.replacement),
  action: withDefault(text(actionKind), defaults.action),
};

type RuleFields = Infer<ReturnType<typeof body<typeof fields>>>;

/** Whether an action's rule may be as it is; the first that fails is reported. */
interface Demand {
  readonly actions: readonly RelabelAction[];
  readonly field: string;
  broken(rule: RuleFields): boolean;
  message(rule: RuleFields): string;
}

const equality: readonly RelabelAction[] = ['keepequal', 'dropequal'];
const cases: readonly RelabelAction[] = ['lowercase', 'uppercase'];
const named: readonly RelabelAction[] = ['lowercase', 'uppercase', 'keepequal', 'dropequal', 'hashmod'];

/**
 * A label name with references, in ASCII. Accepts what the reference's `^(?:(?:[a-zA-Z_]|\$(?:\{\w+\}|\w+))+\w*)+$`
 * accepts, without its nested repetition.
 */
const nameTemplate = /^(?:[a-zA-Z_]|\$(?:\{\w+\}|\w))(?:\w|\$(?:\{\w+\}|\w))*$/;

const demands: readonly Demand[] = [
  {
    actions: ['hashmod'],
    field: 'modulus',
    broken: ({ modulus }) => modulus === 0n,
    message: () => 'action `hashmod` needs a `modulus` other than zero',
  },
  {
    actions: ['replace', ...named],
    field: 'target_label',
    broken: ({ target_label }) => target_label === '',
    message: ({ action }) => `action \`${action}\` needs a \`target_label\``,
  },
  {
    actions: ['replace'],
    field: 'target_label',
    broken: ({ target_label: name }) => !(name.includes('$') ? nameTemplate.test(name) : name.isWellFormed()),
    message: ({ target_label: name }) => `\`${name}\` is no valid \`target_label\` for action \`replace\``,
  },
  {
    actions: named,
    field: 'target_label',
    broken: ({ target_label }) => !target_label.isWellFormed(),
    message: ({ action, target_label }) =>
      `\`${target_label}\` is no valid \`target_label\` for action \`${action}\``,
  },
  {
    actions: [...equality, ...cases],
    field: 'replacement',
    broken: ({ replacement }) => replacement !== defaults.replacement,
    message: ({ action }) => `action \`${action}\` takes no \`replacement\``,
  },
  {
    actions: ['labelmap'],
    field: 'replacement',
    broken: ({ replacement }) => !nameTemplate.test(replacement),
    message: ({ replacement }) => `\`${replacement}\` is no valid \`replacement\` for action \`labelmap\``,
  },
  {
    actions: equality,
    field: 'action',
    broken: (rule) => rule.regex.source !== defaults.regex || rule.modulus !== 0n || separated(rule),
    message: ({ action }) => `action \`${action}\` takes only \`source_labels\` and \`target_label\``,
  },
  {
    actions: ['labeldrop', 'labelkeep'],
    field: 'action',
    broken: (rule) =>
      rule.source_labels !== undefined ||
      rule.target_label !== '' ||
      rule.modulus !== 0n ||
      rule.replacement !== defaults.replacement ||
      separated(rule),
    message: ({ action }) => `action \`${action}\` takes only \`regex\``,
  },
];

function separated({ separator }: RuleFields): boolean {
  return separator !== defaults.separator;
}

function violation(rule: RuleFields): RuleViolation | undefined {
  const broken = demands.find((demand) => demand.actions.includes(rule.action) && demand.broken(rule));
  return broken && { message: broken.message(rule), field: broken.field };
}

const actionRule: Rule = {
  reads: Object.keys(fields),
  check: (decoded) => violation(decoded as RuleFields),
};

/** The body of a `rule` block, with the rules on which arguments its action needs and refuses. */
export const relabelRuleBody = body(fields, [actionRule]);

/** The decoded arguments of a `rule` block. */
export type RelabelRuleArguments = RuleFields;

/** What is wrong with these arguments; undefined when nothing is. Decoding a `rule` block has checked it already. */
export function checkRelabelRule(rule: RelabelRuleArguments): string | undefined {
  return violation(rule)?.message;
}
