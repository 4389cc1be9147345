import { didYouMean } from '@pewter/language';
import type { Block, Diagnostic, SourceFile } from '@pewter/syntax';
import { nameRange } from './node.ts';
import { problem } from './problem.ts';
import type { ComponentRegistry } from './registry.ts';
import type { Vocabulary } from './vocabulary.ts';

const moduleBlocks = ['declare', 'argument', 'export', 'foreach'];

/** What is wrong with a block of a name that is not to be had here. */
export interface UnknownBlock {
  readonly problem: Diagnostic;
  /** The name that is likely meant. */
  readonly meant?: string | undefined;
}

/** A block of a name that is not to be had here, with what may be meant. */
export function unknownBlock(
  name: string,
  block: Block,
  source: SourceFile,
  vocabulary: Vocabulary,
): UnknownBlock {
  const range = nameRange(block);
  const known = vocabulary.knownComponents?.(name);
  if (known !== undefined) {
    const what = known.what ?? 'is a component of Alloy that does not run here';
    const hint = known.reason ?? 'check such a config with `validate`, or take the component out to run it';
    return { problem: problem('E0202', `\`${name}\` ${what}`, source, range, { hint }) };
  }
  const { registry, configBlocks, imports } = vocabulary;
  const likely = didYouMean(name, [
    ...registry.keys(),
    ...configBlocks.keys(),
    ...imports.keys(),
    ...moduleBlocks,
  ]);
  const hint = likely === undefined ? belongsTo(name, registry) : `did you mean \`${likely}\`?`;
  const message = `there is no component \`${name}\``;
  return {
    problem: problem('E0201', message, source, range, hint === undefined ? {} : { hint }),
    meant: likely,
  };
}

/** Blocks of components are taken for components where the brace of one is lost. */
function belongsTo(name: string, registry: ComponentRegistry): string | undefined {
  const owners = [...registry.values()].filter((one) => one.arguments.fields[name]?.kind === 'block');
  const names = owners.map((one) => `\`${one.name}\``);
  if (names.length === 0) return undefined;
  if (names.length === 1) return `it is a block of ${names[0]}: put it inside of that`;
  const few = names.length > 3 ? [...names.slice(0, 2), 'others'] : names;
  return `it is a block of components such as ${few.join(', ')}: put it inside of one`;
}
