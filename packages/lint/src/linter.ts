import { didYouMean } from '@pewter/language';
import type { LoadedConfig, LoadOptions } from '@pewter/runtime';
import type { Diagnostic } from '@pewter/syntax';
import type { LintCode } from './codes.ts';
import { type Ignored, ignoredIn } from './ignore-comments.ts';
import type { Lint, LintContext, PlacedFinding } from './lint.ts';
import { coalesceFirst } from './lints/coalesce-first.ts';
import { collidingProfiles } from './lints/colliding-profiles.ts';
import { deltaTimeout } from './lints/delta-timeout.ts';
import { forwardsNowhere } from './lints/forwards-nowhere.ts';
import { hashmodKeep } from './lints/hashmod-keep.ts';
import { literalSecret } from './lints/literal-secret.ts';
import { missingGroup } from './lints/missing-group.ts';
import { unscrapableTarget } from './lints/unscrapable-target.ts';
import { unusedComponent } from './lints/unused-component.ts';
import { scopesOf } from './scope.ts';

const lints: readonly Lint[] = [
  unusedComponent,
  coalesceFirst,
  deltaTimeout,
  collidingProfiles,
  hashmodKeep,
  literalSecret,
  unscrapableTarget,
  forwardsNowhere,
  missingGroup,
];

/** A warning that can be turned off by its name. */
export interface NamedLint {
  readonly name: string;
  readonly code: string;
  readonly about: string;
}

/** Warnings that loading itself gives, by name too. */
const loadWarnings: readonly NamedLint[] = [
  { name: 'hidden-name', code: 'W0201', about: 'a component that hides a name of the standard library' },
  { name: 'needless-label', code: 'W0202', about: 'a label that has no meaning' },
  { name: 'deprecated-function', code: 'W0301', about: 'a function whose name has changed' },
  { name: 'nested-list', code: 'W0302', about: 'a list of lists that is read as one list' },
  { name: 'useless-argument', code: 'W0501', about: 'an argument that loads and does no good' },
  { name: 'not-in-alloy', code: 'W0511', about: 'a block that Alloy does not have' },
  { name: 'argument-not-in-alloy', code: 'W0512', about: 'an argument that Alloy does not have' },
  { name: 'unlabelled-module', code: 'W0601', about: 'a module without a label, which nothing can use' },
  { name: 'attribute-in-module', code: 'W0602', about: 'an attribute among the blocks of a module' },
  { name: 'unusable-import', code: 'W0603', about: 'an imported module that cannot be used' },
  { name: 'unread-import', code: 'W0604', about: 'an import that could not be read' },
  { name: 'without-effect', code: 'W0605', about: 'a block or argument that is taken and has no effect' },
];

const unknownLint: LintCode = 'W0527';

/** Every warning that can be turned off, by name. */
export const namedLints: readonly NamedLint[] = [
  ...lints,
  { name: 'unknown-lint', code: unknownLint, about: 'a comment that turns off a lint that there is not' },
  ...loadWarnings,
].toSorted((a, b) => (a.name < b.name ? -1 : 1));

const byName = new Map(
  namedLints.flatMap((one) => [[one.name, one.code] as const, [one.code, one.code] as const]),
);

/** What is known of the blocks of a config. */
type Known = Pick<LoadOptions, 'registry' | 'configBlocks' | 'imports'>;

/** Looks a config over for what loads and does not do what it seems to. */
export class Linter {
  readonly #context: LintContext;
  readonly #off: ReadonlySet<string>;

  /** @param off names or codes of the lints that are turned off */
  constructor({ registry, configBlocks = [], imports = [] }: Known, off: Iterable<string> = []) {
    const others = [...configBlocks, ...imports];
    this.#context = {
      registry,
      argumentsOf: (name) => (registry.get(name) ?? others.find((one) => one.name === name))?.arguments,
    };
    this.#off = new Set(Array.from(off, (name) => byName.get(name) ?? name));
  }

  /**
   * All diagnostics of a config, its own and what is found, without the warnings that are turned off. Only what loads is
   * looked over: behind an error it is not sure what anything is for.
   */
  review(config: LoadedConfig): readonly Diagnostic[] {
    const ignored = config.files.flatMap(ignoredIn);
    const found = !config.ok ? [] : [...this.#findings(config), ...ignored.flatMap(unknownNames)];
    return [...config.diagnostics, ...found.sort(byPlace)].filter((one) => !this.#isOff(one, ignored));
  }

  *#findings(config: LoadedConfig): Iterable<Diagnostic> {
    for (const scope of scopesOf(config.files)) {
      for (const lint of lints) {
        if (this.#off.has(lint.code)) continue;
        for (const finding of lint.check(scope, this.#context)) yield diagnosticOf(finding, lint.code);
      }
    }
  }

  #isOff({ severity, code, location }: Diagnostic, ignored: readonly Ignored[]): boolean {
    if (severity !== 'warning') return false;
    if (this.#off.has(code)) return true;
    return ignored.some(({ source, names, range }) => {
      if (location?.source !== source || !names.some((name) => byName.get(name) === code)) return false;
      return range.start <= location.range.start && location.range.end <= range.end;
    });
  }
}

function diagnosticOf({ at, range, message, hint, related }: PlacedFinding, code: LintCode): Diagnostic {
  return {
    severity: 'warning',
    code,
    message,
    location: { source: at.source, range },
    hint,
    ...(related === undefined ? {} : { related }),
  };
}

function unknownNames({ source, comment, names }: Ignored): readonly Diagnostic[] {
  return names
    .filter((name) => !byName.has(name))
    .map((name) => {
      const likely = didYouMean(name, byName.keys());
      return {
        severity: 'warning' as const,
        code: unknownLint,
        message: `there is no lint \`${name}\` to ignore`,
        location: { source, range: comment.range },
        hint:
          likely === undefined ? '`pewter validate --list-lints` lists them' : `did you mean \`${likely}\`?`,
      };
    });
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (a.location?.range.start ?? 0) - (b.location?.range.start ?? 0);
}
