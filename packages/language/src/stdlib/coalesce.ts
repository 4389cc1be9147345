import { Hole } from '../hole.ts';
import { secretOf } from '../secret-kinds.ts';
import { asObject, FunctionValue, isArray, NumberValue, type Value } from '../value.ts';

/** The first argument that is not empty (null, false, zero, an empty text, list or object), else the last. */
export const coalesce = new FunctionValue('coalesce', (args) => {
  for (const value of args) {
    if (value instanceof Hole) return new Hole(args.length === 1 ? value.type : undefined);
    if (!isEmpty(value)) return value;
  }
  return args.at(-1) ?? null;
});

function isEmpty(value: Value): boolean {
  if (value === null || value === false || value === '') return true;
  if (value instanceof NumberValue) return value.toNumber() === 0;
  if (isArray(value)) return value.length === 0;
  const secret = secretOf(value);
  if (secret !== undefined) return secret.reveal() === '' && secret.exposure !== 'hidden';
  return asObject(value)?.entries.size === 0;
}
