import { exitCode } from '../exit-code.ts';
import type { Output } from '../host.ts';
import { describeBlock, describeBody, describeExports, type Place, placeInside } from './describe.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { type KnownThing, knownThings } from './known-things.ts';
import { table } from './layout.ts';
import { functionNames, otherPage } from './other-pages.ts';
import { pewterOnly, renderPage } from './page.ts';

/** Shows what a component or a block of one takes and gives; without a name, what there are pages of. Gives the exit status. */
export function showDocs(name: string | undefined, json: boolean, { stdout }: Output): number {
  const show = (value: unknown, text: () => string) =>
    stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text());
  const other = name === undefined ? undefined : otherPage(name);
  if (name === undefined) show([...knownThings().keys()], contents);
  else if (other !== undefined) show(other, () => `${other.text}\n`);
  else {
    const subject = findSubject(name);
    show(data(subject), () => page(subject));
  }
  return exitCode.ok;
}

function data({ thing, path, block }: Subject) {
  const { name, kind, stability = null, community, runs } = thing;
  if (block !== undefined) {
    return {
      in: [name, ...path.slice(0, -1)].join('.'),
      ...describeBlock(path.at(-1) ?? '', block, placeOf(thing, path.slice(0, -1))),
    };
  }
  const { arguments: args, blocks } = describeBody(thing.arguments, placeOf(thing));
  const exports = describeExports(thing.exports, name);
  return { name, kind, stability, community, runs, url: pageUrl(thing), arguments: args, blocks, exports };
}

function page({ thing, path, block }: Subject): string {
  if (block === undefined) {
    const head = { title: usage(thing), about: [standing(thing), ...holds(thing.name), pageUrl(thing)] };
    return renderPage(
      head,
      describeBody(thing.arguments, placeOf(thing)),
      describeExports(thing.exports, thing.name),
    );
  }
  const owner = [thing.name, ...path.slice(0, -1)].join('.');
  const doc = describeBlock(path.at(-1) ?? '', block, placeOf(thing, path.slice(0, -1)));
  const facts = [
    `in ${owner}`,
    ...(doc.required ? ['required'] : []),
    ...(doc.repeated ? ['any number of times'] : []),
    ...(doc.pewterOnly ? [pewterOnly] : []),
    ...holds([thing.name, ...path].join('.')),
    ...(doc.deprecated === undefined ? [] : [`deprecated: ${doc.deprecated}`]),
  ];
  const title = `${doc.name}${doc.labelled ? ' "LABEL"' : ''} { … }`;
  return renderPage({ title, about: [facts.join('; ')] }, { ...doc, blocks: doc.blocks ?? [] }, []);
}

/** Where the fields of a thing are, or those of a block inside of it; what Alloy has there is known of components. */
function placeOf(thing: KnownThing, path: readonly string[] = []): Place {
  const top = { component: thing.name, path: [], reference: thing.reference };
  return path.reduce<Place>((place, name) => placeInside(place, name), top);
}

function usage({ name, labelled }: KnownThing): string {
  return labelled ? `${name} "LABEL" { … }` : `${name} { … }`;
}

const contentOf: Readonly<Record<string, string>> = {
  declare: 'holds components, and what the module takes (argument) and gives (export)',
  'foreach.template': 'holds components, which run once for each item',
};

function holds(name: string): readonly string[] {
  const content = contentOf[name];
  return content === undefined ? [] : [content];
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
  return `Components (pewter components lists them)\n${table(rows)}\n\nOther blocks\n  ${others.join(', ')}\n\nFunctions\n  ${functionNames().join(', ')}\n\nShow one with pewter docs NAME, a block of one with pewter docs NAME.BLOCK, what a diagnostic means with pewter docs CODE\n`;
}
