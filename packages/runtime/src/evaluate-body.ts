import {
  type BodySchema,
  Capsule,
  type CapsuleKind,
  type Decoded,
  type DecodeOptions,
  decodeBody,
  EvaluationError,
  equal,
  evaluate,
  Hole,
  headRange,
  type Scope,
  type Value,
} from '@pewter/language';
import { type Body, blockName, type Diagnostic } from '@pewter/syntax';
import { errorText } from './error-text.ts';
import { type GraphNode, nameRange } from './node.ts';
import { problem } from './problem.ts';

/** What the body of a node comes to. */
export interface EvaluatedBody {
  /** Decoded by the node's schema; only to be used when no diagnostic is an error, and undefined where something in it is a hole. */
  readonly decoded: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** All values in it with their names, for telling whether anything changed. */
  readonly values: () => Value;
}

/** Evaluates and decodes the body of a node. */
export function evaluateBody(
  node: GraphNode,
  scope: Scope,
  options: DecodeOptions = {},
  schema: BodySchema = node.schema,
): EvaluatedBody {
  const { block, source, name } = node;
  const place = { source, range: headRange(block), name };
  const { value: decoded, diagnostics } = safely(node, () =>
    decodeBody(block.body, schema, scope, place, options),
  );
  let values: Value | undefined;
  const remembered = () => {
    values ??= valuesOf(block.body, scope);
    return values;
  };
  return { decoded, diagnostics, values: remembered };
}

/** A schema is code of the component's: a rule that throws is its fault, and ends no more than its evaluation. */
function safely(node: GraphNode, decode: () => Decoded<unknown>): Decoded<unknown> {
  try {
    return decode();
  } catch (thrown) {
    const message = `\`${node.id}\` cannot be evaluated: ${errorText(thrown)}`;
    return { diagnostics: [problem('E0212', message, node.source, nameRange(node.block))] };
  }
}

/** True when two evaluations of one schema's body say the same. */
export function sameValues(a: EvaluatedBody, b: EvaluatedBody): boolean {
  return equal(a.values(), b.values());
}

const identityKind: CapsuleKind<unknown> = { name: 'identity' };

/** A body together with something that it depends on besides its values, told apart by identity. */
export function dependingOn(given: EvaluatedBody, decoded: unknown, what: unknown): EvaluatedBody {
  return { ...given, decoded, values: () => [given.values(), new Capsule(identityKind, what)] };
}

/** The values of a body's attributes; a hole where one cannot be evaluated, which decoding has reported. */
export function attributeValues(body: Body, scope: Scope): ReadonlyMap<string, Value> {
  const attributes = body.filter((one) => one.kind === 'attribute');
  return new Map(attributes.map(({ name, value }) => [name.name, evaluated(() => evaluate(value, scope))]));
}

function evaluated(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (error instanceof EvaluationError) return new Hole();
    throw error;
  }
}

function valuesOf(body: Body, scope: Scope): Value {
  return body.map((statement) =>
    statement.kind === 'attribute'
      ? [statement.name.name, evaluate(statement.value, scope)]
      : [blockName(statement), statement.label?.value ?? '', valuesOf(statement.body, scope)],
  );
}
