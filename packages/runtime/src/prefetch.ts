import { dirname } from 'node:path';
import { equal, type Scope, type Value } from '@pewter/language';
import { type Body, blockName, hasErrors, parse, type SourceFile } from '@pewter/syntax';
import type { SourceBody } from './collect-nodes.ts';
import { type EvaluatedBody, evaluateBody } from './evaluate-body.ts';
import type { Imported, ImportOutside } from './import-definition.ts';
import { makeNode } from './make-node.ts';
import type { ImportNode } from './node.ts';
import { besideConfig } from './unread-file.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What an import's source gave before the config took effect. */
export type Fetched = Imported | { readonly failure: unknown; readonly hint?: string | undefined };

/** Texts read ahead, by import and arguments. */
export class Prefetched {
  readonly #known: { readonly name: string; readonly values: Value; readonly fetched: Fetched }[] = [];

  /** What was read ahead for these arguments; undefined: nothing was. */
  find(name: string, values: Value): Fetched | undefined {
    return this.#known.find((one) => one.name === name && equal(one.values, values))?.fetched;
  }

  /** Every text that was read ahead. */
  texts(): readonly SourceFile[] {
    return this.#known.flatMap(({ fetched }) => ('texts' in fetched ? fetched.texts : []));
  }

  add(name: string, values: Value, fetched: Fetched): void {
    this.#known.push({ name, values, fetched });
  }
}

interface Ahead {
  readonly outside: ImportOutside;
  /** Which sources may be read. */
  readonly mayRead: (node: ImportNode) => boolean;
  readonly vocabulary: Vocabulary;
  readonly standard: Scope;
  readonly prefetched: Prefetched;
}

/**
 * Reads what imports need whose arguments can be told without running anything, also those inside of modules
 * and of what was read, so that a config takes effect with its modules in one step. The others bring their text later.
 */
export async function prefetchImports(bodies: readonly SourceBody[], ahead: Ahead): Promise<void> {
  const folder = dirname(bodies[0]?.source.name ?? '.');
  await Promise.all(bodies.map((one) => visit(one.body, one.source, folder, ahead)));
}

async function visit(body: Body, source: SourceFile, folder: string, ahead: Ahead): Promise<void> {
  const { vocabulary } = ahead;
  for (const block of body) {
    if (block.kind !== 'block') continue;
    const name = blockName(block);
    if (['declare', 'foreach', 'template'].includes(name)) await visit(block.body, source, folder, ahead);
    if (!vocabulary.imports.has(name)) continue;
    const { node } = makeNode(block, source, { vocabulary, place: 'root', claims: () => false });
    if (node.kind === 'import') await fetchAhead(node, folder, ahead);
  }
}

async function fetchAhead(node: ImportNode, folder: string, ahead: Ahead): Promise<void> {
  const { prefetched, outside, standard, mayRead } = ahead;
  if (!mayRead(node)) return;
  const given = evaluateBody(node, standard.child(new Map([['module_path', folder]])));
  if (hasErrors(given.diagnostics) || given.decoded === undefined) return;
  const values = given.values();
  if (prefetched.find(node.name, values) !== undefined) return;
  const fetched = await fetchOne(node, given, folder, outside);
  prefetched.add(node.name, values, fetched);
  if (!('texts' in fetched)) return;
  const inside = fetched.folder ?? folder;
  await Promise.all(fetched.texts.map((text) => visit(parse(text).file.body, text, inside, ahead)));
}

async function fetchOne(
  { from, id }: ImportNode,
  { decoded }: EvaluatedBody,
  folder: string,
  outside: ImportOutside,
): Promise<Fetched> {
  try {
    const known = from.known?.(decoded, id);
    if (known !== undefined) return { texts: known };
    return await from.read(outside, decoded, new AbortController().signal);
  } catch (failure) {
    return { failure, hint: await besideConfig(failure, folder, outside.files) };
  }
}
