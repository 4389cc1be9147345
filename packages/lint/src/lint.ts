import type { BodySchema } from '@pewter/language';
import type { ComponentRegistry } from '@pewter/runtime';
import type { Range, Related } from '@pewter/syntax';
import type { LintCode } from './codes.ts';
import type { Scope } from './scope.ts';

/** Something that loads and does not do what it seems to. */
export interface Finding {
  readonly range: Range;
  readonly message: string;
  readonly hint: string;
  readonly related?: readonly Related[];
}

/** A finding with the text that it is in. */
export interface PlacedFinding extends Finding {
  readonly at: Scope['parts'][number];
}

/** What a lint is given besides the scope. */
export interface LintContext {
  /** What is known of components. */
  readonly registry: ComponentRegistry;
  /** What the block of a name takes: a component, an import, or one that configures the program. */
  argumentsOf(name: string): BodySchema | undefined;
}

/** One kind of warning. */
export interface Lint {
  /** What it is turned off by. */
  readonly name: string;
  readonly code: LintCode;
  /** What it warns of, in one sentence without a final stop. */
  readonly about: string;
  /** Looks at one scope: a config or the body of a module. What stands in modules inside of it comes in scopes of their own. */
  check(scope: Scope, context: LintContext): Iterable<PlacedFinding>;
}
