import {
  asObject,
  Capsule,
  type CapsuleKind,
  containsHole,
  EvaluationError,
  formatFloat,
  Hole,
  isArray,
  NumberValue,
  ObjectValue,
  secretOf,
  type Value,
} from '@pewter/language';
import { Target } from './target.ts';

/** The capsule of targets. Objects convert to it: each value becomes text as Go's `%v` prints it. */
export const targetKind: CapsuleKind<Target> = {
  name: 'target',
  flattens: true,
  equals: (a, b) => a.equals(b),
  from: targetFrom,
  toObject: (target) => new ObjectValue([...target]),
  print: (target) => target.toString(),
};

function targetFrom(value: Value): Target | undefined {
  if (value === null) return Target.of({});
  if (value instanceof Capsule && value.payload instanceof Target) return value.payload;
  const object = asObject(value);
  if (object === undefined) return undefined;
  return new Target(new Map([...object.entries].map(([name, inner]) => [name, labelValue(name, inner)])));
}

/** The text of a label; of one that is not known, only whether its type can be one. */
function labelValue(name: string, value: Value): string {
  if (value === null) {
    throw new EvaluationError('E0313', `label \`${name}\` is null, and a label needs a value`, {
      hint: 'give it a text, or leave the label out',
    });
  }
  if (secretOf(value)?.exposure === 'hidden' || (value instanceof Hole && value.type === 'secret')) {
    throw new EvaluationError('E0316', `label \`${name}\` would show a secret`, {
      hint: 'labels are visible everywhere; use `convert.nonsensitive` if the text is no secret',
      field: name,
    });
  }
  if (containsHole(value)) return '';
  const text = printed(value);
  if (text !== undefined) return text;
  throw new EvaluationError('E0313', `label \`${name}\` can not be made of this value`, {
    hint: 'the value of a label is a string, a number or a bool',
  });
}

/** What Go's `%v` prints. */
function printed(value: Value): string | undefined {
  if (value === null) return '<nil>';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof NumberValue) {
    return typeof value.value === 'bigint' ? value.value.toString() : formatFloat(value.value, 'g', -1);
  }
  if (isArray(value)) return `[${value.map(printed).join(' ')}]`;
  if (value instanceof ObjectValue) {
    return `map[${[...value.entries].map(([key, inner]) => `${key}:${printed(inner)}`).join(' ')}]`;
  }
  return secretOf(value)?.reveal();
}
