import {
  type DecodeOptions,
  decodeBody,
  equal,
  evaluate,
  headRange,
  type Scope,
  type Value,
} from '@pewter/language';
import { type Body, blockName, type Diagnostic } from '@pewter/syntax';
import type { GraphNode } from './node.ts';

/** What the body of a node comes to. */
export interface EvaluatedBody {
  /** Decoded by the node's schema; only to be used when no diagnostic is an error. */
  readonly decoded: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** All values in it with their names, for telling whether anything changed. */
  readonly values: () => Value;
}

/** Evaluates and decodes the body of a node. */
export function evaluateBody(node: GraphNode, scope: Scope, options: DecodeOptions = {}): EvaluatedBody {
  const { block, source, schema, name } = node;
  const place = { source, range: headRange(block), name };
  const { value: decoded, diagnostics } = decodeBody(block.body, schema, scope, place, options);
  let values: Value | undefined;
  const remembered = () => {
    values ??= valuesOf(block.body, scope);
    return values;
  };
  return { decoded, diagnostics, values: remembered };
}

/** True when two evaluations of one schema's body say the same. */
export function sameValues(a: EvaluatedBody, b: EvaluatedBody): boolean {
  return equal(a.values(), b.values());
}

function valuesOf(body: Body, scope: Scope): Value {
  return body.map((statement) =>
    statement.kind === 'attribute'
      ? [statement.name.name, evaluate(statement.value, scope)]
      : [blockName(statement), statement.label?.value ?? '', valuesOf(statement.body, scope)],
  );
}
