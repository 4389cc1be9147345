import type { BodySchema } from '@pewter/language';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Health } from './health.ts';
import type { Outside } from './outside.ts';

/** How settled a component is; `--stability.level` says what a config may use. */
export type Stability = 'generally-available' | 'public-preview' | 'experimental';

/**
 * A component as a record: what it is called, what it takes, what it gives, and where its code is. `A` is the decoded
 * form of its arguments and `E` that of its exports; both are inferred from the schemas. Checking a config needs no
 * more than this, so the file that holds it imports nothing that only running needs.
 */
export interface ComponentDefinition<A = unknown, E = unknown> {
  /** The dotted name of its block, such as `discovery.http`. */
  readonly name: string;
  readonly stability: Stability;
  readonly arguments: BodySchema<A>;
  readonly exports: BodySchema<E>;
  /** True for one that can be checked and does not run here; see `unsupported` of the vocabulary. */
  readonly onlyKnown?: boolean;
  /** The code that runs, as `() => import('./http-component.ts')`. Asked for when a config to be run uses the component. */
  implementation(): Promise<ComponentImplementation<A, E>>;
}

/** The code of a component: a module that exports `build`. */
export interface ComponentImplementation<A = unknown, E = unknown> {
  /**
   * Makes an instance. Called once per node, with arguments that fit the schema and its rules. What is
   * exported before it returns is seen by dependants when they are first evaluated. Throws an Error that says
   * what is wrong with the arguments; opens no connection and starts no timer (that is `run`'s work).
   */
  build(context: ComponentContext<E>, args: A): Component<A>;
}

/** One running component. The runtime never calls two of its methods at the same time, save those that only read. */
export interface Component<A = unknown> {
  /**
   * Does the work until `signal` aborts, then cleans up and resolves; called once. A rejection, or resolving
   * early, ends the component as `exited` and harms no other.
   */
  run(signal: AbortSignal): Promise<void>;
  /**
   * Does what has to succeed before a config counts as loaded, such as a first request; called at most once, before `run`.
   * A rejection refuses a first load. A reload tells of it, and the component runs all the same.
   */
  begin?(signal: AbortSignal): Promise<void>;
  /**
   * Takes new arguments, called only when they differ from the last. May come before `run` and between any two steps of it.
   * Throws an Error that says what is wrong; the component then goes on with the arguments it had.
   */
  update(args: A): void;
  /** What it knows of its own health; absent or undefined means that it has nothing to add. */
  health?(): Health | undefined;
  /** State worth showing, as plain data; blocks of the reference's debug information are keys with arrays of records. Never holds a secret. */
  debugInfo?(): DebugInfo | undefined;
}

/** Plain data for the API. Dates are ISO texts, durations are texts as the language writes them. */
export type DebugInfo = { readonly [key: string]: DebugValue };
export type DebugValue = null | boolean | number | string | readonly DebugValue[] | DebugInfo;

/**
 * What a component is given. It reaches nothing else of the world. What a callback of a timer or a
 * watch throws or rejects with ends as health of the component, never as the end of the process.
 */
export interface ComponentContext<E = unknown> extends Outside {
  /** Its path from the root: `discovery.http.x`, or `mod.a/discovery.http.x` inside a module. */
  readonly id: string;
  /** Writes lines that carry the component's path and id. */
  readonly logger: Logger;
  /** A registry of its own; the runtime adds `component_id` and `component_path` to what it shows. */
  readonly metrics: Registry;
  /** A folder of its own below the storage path; not made until the component makes it. */
  readonly dataPath: string;
  /**
   * Replaces all exports. Dependants are evaluated again soon after, never inside this call; equal exports
   * change nothing.
   */
  setExports(exports: E): void;
}

/** Checks a definition's types and returns it; the form in which registries hold it. */
export function defineComponent<A, E>(definition: ComponentDefinition<A, E>): ComponentDefinition {
  return definition;
}
