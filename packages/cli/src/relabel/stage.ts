import { compileRule, type RelabelRules, relabelRuleBody } from '@pewter/discovery';
import { blocks, body, decodeBody, type Scope } from '@pewter/language';
import type { GraphNode } from '@pewter/runtime';
import { type Block, blockName, type Diagnostic, type Statement } from '@pewter/syntax';

/** A component with relabel rules. */
export interface Stage {
  readonly id: string;
  readonly rules: RelabelRules;
  /** Where each rule stands: `pipeline.alloy:12`. */
  readonly places: readonly string[];
  /** Stages whose output may come in here. */
  readonly from: readonly string[];
}

const ruleBlocks = body({ rule: blocks(relabelRuleBody) });

/** The rules of a component as its text alone tells them, or what keeps them from being told like that. */
export function writtenRules(
  node: GraphNode,
  scope: Scope,
): { readonly rules: RelabelRules } | { readonly diagnostics: readonly Diagnostic[] } {
  const place = { source: node.source, range: node.block.range, name: node.id };
  const { value, diagnostics } = decodeBody(node.block.body.filter(isRule), ruleBlocks, scope, place);
  return value === undefined ? { diagnostics } : { rules: value.rule.map(compileRule) };
}

/** Where the rules of a component stand, in their order. */
export function rulePlaces({ block, source }: GraphNode): readonly string[] {
  return block.body.filter(isRule).map(({ range }) => `${source.name}:${source.position(range.start).line}`);
}

function isRule(statement: Statement): statement is Block {
  return statement.kind === 'block' && blockName(statement) === 'rule';
}
