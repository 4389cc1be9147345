import { type Block, type Body, blockName, type File, type SourceFile } from '@pewter/syntax';
import { declaresIn } from './secret-arguments.ts';

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
  /** The modules that can be used here, by name: those declared here and around. */
  readonly declares: ReadonlyMap<string, Body>;
  /** The module whose body this is; undefined for a config. */
  readonly module: Body | undefined;
}

interface Waiting {
  readonly parts: readonly Part[];
  readonly around: ReadonlyMap<string, Body>;
  readonly module: Body | undefined;
}

/** The scope of a config, and those of the modules in it. The template of a `foreach` sees what is around, and belongs to that. */
export function scopesOf(files: readonly File[]): readonly Scope[] {
  const scopes: Scope[] = [];
  const config = files.map(({ source, body }) => ({ source, body }));
  const waiting: Waiting[] = [{ parts: config, around: new Map(), module: undefined }];
  for (const { parts, around, module } of waiting) {
    const blocks = parts.flatMap(blocksOf);
    const declares = new Map([...around, ...parts.flatMap(({ body }) => [...declaresIn(body)])]);
    for (const { name, block, part } of blocks) {
      if (name !== 'declare') continue;
      const inside = [{ source: part.source, body: block.body }];
      waiting.push({ parts: inside, around: declares, module: block.body });
    }
    scopes.push({
      declares,
      module,
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
