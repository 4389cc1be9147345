import { exitCode } from '../exit-code.ts';
import type { Output } from '../host.ts';
import { describeBlock, describeBody } from './describe.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { type KnownThing, knownThings } from './known-things.ts';
import { table } from './layout.ts';
import { renderPage } from './page.ts';

/** Shows what a component or a block of one takes and gives; without a name, what there are pages of. Gives the exit status. */
export function showDocs(name: string | undefined, json: boolean, { stdout }: Output): number {
  if (name === undefined)
    stdout.write(json ? `${JSON.stringify([...knownThings().keys()], null, 2)}\n` : contents());
  else stdout.write(json ? `${JSON.stringify(data(findSubject(name)), null, 2)}\n` : page(findSubject(name)));
  return exitCode.ok;
}

function data({ thing, path, block }: Subject) {
  const { name, kind, stability = null, community, runs } = thing;
  if (block !== undefined) {
    return {
      in: [name, ...path.slice(0, -1)].join('.'),
      ...describeBlock(path.at(-1) ?? '', block, name, path.slice(0, -1)),
    };
  }
  const { arguments: args, blocks } = describeBody(thing.arguments, name);
  const exports = describeBody(thing.exports, name).arguments;
  return { name, kind, stability, community, runs, url: pageUrl(thing), arguments: args, blocks, exports };
}

function page({ thing, path, block }: Subject): string {
  if (block === undefined) {
    const head = { title: usage(thing), about: [standing(thing), pageUrl(thing)] };
    return renderPage(
      head,
      describeBody(thing.arguments, thing.name),
      describeBody(thing.exports, thing.name).arguments,
    );
  }
  const owner = [thing.name, ...path.slice(0, -1)].join('.');
  const doc = describeBlock(path.at(-1) ?? '', block, thing.name, path.slice(0, -1));
  const facts = [
    `in ${owner}`,
    ...(doc.required ? ['required'] : []),
    ...(doc.repeated ? ['any number of times'] : []),
    ...(doc.deprecated === undefined ? [] : [`deprecated: ${doc.deprecated}`]),
  ];
  const title = `${doc.name}${doc.labelled ? ' "LABEL"' : ''} { … }`;
  return renderPage({ title, about: [facts.join('; ')] }, { ...doc, blocks: doc.blocks ?? [] }, []);
}

function usage({ name, kind }: KnownThing): string {
  return kind === 'block' ? `${name} { … }` : `${name} "LABEL" { … }`;
}

function standing({ stability, runs, kind }: KnownThing): string {
  const level = stability ?? 'community component';
  const flag =
    stability === undefined || stability === 'generally-available' ? '' : ` (--stability.level=${stability})`;
  const here = kind !== 'component' || runs ? '' : '; does not run here, and is checked only';
  return `${level}${flag}${here}`;
}

function pageUrl({ name, kind }: KnownThing): string {
  const root = 'https://grafana.com/docs/alloy/latest/reference';
  if (kind !== 'component') return `${root}/config-blocks/${name}/`;
  return `${root}/components/${name.split('.')[0]}/${name}/`;
}

/** The families of components with how many there are, and the other blocks. */
function contents(): string {
  const things = [...knownThings().values()];
  const families = Map.groupBy(
    things.filter(({ kind }) => kind === 'component'),
    ({ name }) => name.split('.')[0] ?? '',
  );
  const rows = [...families]
    .sort()
    .map(([family, all]) => [
      `${family}.*`,
      `${all.length}`,
      `${all.filter(({ runs }) => runs).length} run here`,
    ]);
  const others = things.filter(({ kind }) => kind !== 'component').map(({ name }) => name);
  return `Components (pewter components lists them)\n${table(rows)}\n\nOther blocks\n  ${others.join(', ')}\n\nShow one with pewter docs NAME, a block of one with pewter docs NAME.BLOCK\n`;
}
