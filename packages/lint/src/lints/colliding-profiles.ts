import type { Body, Expression, Range, SourceFile } from '@pewter/syntax';
import type { Lint } from '../lint.ts';
import { attributeOf, textOf } from '../literal.ts';
import type { ScopedBlock } from '../scope.ts';
import { cpuPath, scrapesOf, takesCpu } from '../scrapes.ts';

interface Place {
  /** What is scraped, as it is written: an address with a path, or an expression for targets with a path. */
  readonly what: string;
  readonly range: Range;
}

/** A process profiles its CPU once at a time: the second who asks is refused. */
export const collidingProfiles: Lint = {
  name: 'colliding-profiles',
  code: 'W0524',
  about: 'two scrapes of one address and path, whose CPU profiles refuse each other',
  *check(scope) {
    const seen = new Map<string, { readonly by: ScopedBlock; readonly range: Range }>();
    for (const scrape of scrapesOf(scope)) {
      for (const { what, range } of cpuPlaces(scrape)) {
        const first = seen.get(what);
        if (first === undefined || first.by === scrape) seen.set(what, { by: scrape, range });
        if (first === undefined || first.by === scrape) continue;
        const { source } = first.by.part;
        yield {
          at: scrape.part,
          range,
          message: `\`${scrape.id}\` takes CPU profiles from what \`${first.by.id}\` takes them from: a process gives one at a time`,
          hint: 'set `enabled = false` on `profile.process_cpu` of one of them, or give their targets apart',
          related: [{ source, range: first.range, message: 'also here' }],
        };
        break;
      }
    }
  },
};

function cpuPlaces({ block, part }: ScopedBlock): readonly Place[] {
  const targets = attributeOf(block.body, 'targets')?.value;
  const path = cpuPath(block.body);
  if (targets === undefined || path === undefined || takesCpu(block.body) !== true) return [];
  return placesOf(targets, part.source).map(({ what, range }) => ({
    what: `${what} ${scheme(block.body)} ${path}`,
    range,
  }));
}

function scheme(body: Body): string {
  const given = attributeOf(body, 'scheme');
  return given === undefined ? 'http' : (textOf(given.value) ?? '?');
}

/** Targets that are written out, by address; others by the text of their expression. */
function placesOf(targets: Expression, source: SourceFile): readonly Place[] {
  if (targets.kind === 'paren') return placesOf(targets.inner, source);
  if (targets.kind === 'array') return targets.elements.flatMap((element) => placesOf(element, source));
  if (targets.kind === 'call' && targets.callee.kind !== 'call') {
    return targets.args.flatMap((argument) => placesOf(argument, source));
  }
  if (targets.kind === 'access')
    return [{ what: source.text.slice(targets.range.start, targets.range.end), range: targets.range }];
  if (targets.kind !== 'object') return [];
  const address = textOf(targets.fields.find(({ name }) => name === '__address__')?.value);
  const ownPath = targets.fields.some(({ name }) => name.startsWith('__profile_path'));
  return address === undefined || ownPath ? [] : [{ what: address, range: targets.range }];
}
