import { type BlockField, type BodySchema, didYouMean } from '@pewter/language';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { type KnownThing, knownThings } from './known-things.ts';
import { functionNames } from './other-pages.ts';

/** What a name on the command line stands for: a component or other block, or a block inside of one. */
export interface Subject {
  readonly thing: KnownThing;
  /** The names of the blocks down to the one that is meant. */
  readonly path: readonly string[];
  readonly block?: BlockField;
}

/** Finds `pyroscope.scrape` or `pyroscope.scrape.profiling_config`. Rejects with {@link CommandError} where there is none. */
export function findSubject(name: string): Subject {
  const things = knownThings();
  const parts = name.split('.');
  for (let length = parts.length; length > 0; length--) {
    const thing = things.get(parts.slice(0, length).join('.'));
    if (thing !== undefined) return inside(thing, parts.slice(length).join('.'));
  }
  const likely = didYouMean(name, [...things.keys(), ...functionNames()]);
  const hint = likely === undefined ? 'pewter docs lists all that there is' : `did you mean ${likely}?`;
  const what = /^[EW]\d+$/.test(name) ? 'diagnostic' : 'component, block or function';
  throw new CommandError(`there is no ${what} ${name}; ${hint}`, exitCode.unusable);
}

function inside(thing: KnownThing, rest: string): Subject {
  const path: string[] = [];
  let body: BodySchema = thing.arguments;
  let block: BlockField | undefined;
  for (let left = rest; left !== ''; ) {
    const blocks = Object.entries(body.fields).filter(([, field]) => field.kind === 'block');
    const found = blocks.find(([name]) => left === name || left.startsWith(`${name}.`));
    const owner = [thing.name, ...path].join('.');
    if (Object.hasOwn(body.fields, left) && body.fields[left]?.kind !== 'block')
      throw anArgument(owner, left);
    if (found === undefined)
      throw unknownBlock(
        owner,
        left,
        blocks.map(([name]) => name),
      );
    const [name, field] = found;
    path.push(name);
    block = field as BlockField;
    body = block.body;
    left = left.slice(name.length + 1);
  }
  return block === undefined ? { thing, path } : { thing, path, block };
}

function anArgument(owner: string, name: string): CommandError {
  return new CommandError(
    `${name} is an argument of ${owner}; pewter docs ${owner} shows its type and default`,
    exitCode.unusable,
  );
}

function unknownBlock(owner: string, name: string, blocks: readonly string[]): CommandError {
  const likely = didYouMean(name, blocks);
  const has = blocks.length === 0 ? 'it has none' : `its blocks are ${blocks.join(', ')}`;
  const hint = likely === undefined ? has : `did you mean ${owner}.${likely}?`;
  return new CommandError(`${owner} has no block ${name}; ${hint}`, exitCode.unusable);
}
