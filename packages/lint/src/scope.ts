import { type Block, type Body, blockName, type File, type SourceFile } from '@pewter/syntax';

/** Statements of one text. */
export interface Part {
  readonly source: SourceFile;
  readonly body: Body;
}

/** A labelled block of a scope, which may be a component. */
export interface ScopedBlock {
  readonly id: string;
  readonly name: string;
  readonly block: Block;
  readonly part: Part;
}

/** What sees each other by name: a config, or the body of a module. */
export interface Scope {
  readonly parts: readonly Part[];
  readonly blocks: readonly ScopedBlock[];
}

/** The scope of a config, and those of the modules in it. The template of a `foreach` sees what is around, and belongs to that. */
export function scopesOf(files: readonly File[]): readonly Scope[] {
  const scopes: Scope[] = [];
  const waiting: (readonly Part[])[] = [files.map(({ source, body }) => ({ source, body }))];
  for (const parts of waiting) {
    const blocks = parts.flatMap(blocksOf);
    for (const { name, block, part } of blocks) {
      if (name === 'declare') waiting.push([{ source: part.source, body: block.body }]);
    }
    scopes.push({
      parts: parts.map(withoutModules),
      blocks: blocks.filter(({ name }) => name !== 'declare'),
    });
  }
  return scopes;
}

function blocksOf(part: Part): readonly ScopedBlock[] {
  return part.body.flatMap((statement): readonly ScopedBlock[] => {
    if (statement.kind !== 'block') return [];
    const name = blockName(statement);
    if (name === 'foreach') return statement.body.flatMap((one) => templateBlocks(one, part));
    return [{ id: `${name}.${statement.label?.value ?? ''}`, name, block: statement, part }];
  });
}

function templateBlocks(statement: Body[number], part: Part): readonly ScopedBlock[] {
  if (statement.kind !== 'block' || blockName(statement) !== 'template') return [];
  return blocksOf({ source: part.source, body: statement.body });
}

function withoutModules({ source, body }: Part): Part {
  return { source, body: body.filter((one) => one.kind !== 'block' || blockName(one) !== 'declare') };
}
