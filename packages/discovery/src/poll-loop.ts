import type { Cancel, Component, ComponentContext, Health } from '@pewter/runtime';
import { pause } from './pause.ts';
import { SourceRounds } from './source-rounds.ts';

/** Where the exports of a polling component come from; made anew for new arguments. */
export interface PolledSource<E> {
  /** Milliseconds between two reads. */
  readonly interval: number;
  /** The exports as far as they can be had at once; undefined where they can not. */
  readonly initial?: E;
  /** Health after a read: what was done, and what a failure begins with. */
  readonly words: { readonly done: string; readonly failed: string };
  read(signal: AbortSignal): Promise<E>;
  /** Calls back when a read is due before its time. */
  watch?(changed: () => void): Cancel;
  close(): Promise<void>;
}

/** A file that is being written has this long to be whole. */
const settleMs = 30;

/**
 * A component that reads its exports at once, each interval, and on changes. A first read that fails refuses the config,
 * as in the reference; while later ones fail the last exports stay, and health says why. What `open` throws refuses the
 * arguments.
 */
export function polledComponent<A, E>(
  context: ComponentContext<E>,
  args: A,
  open: (args: A) => PolledSource<E>,
): Component<A> {
  const { clock, logger } = context;
  const rounds = new SourceRounds(open(args), logger);
  /** What was read before the work began needs no second reading. */
  let fresh = false;
  let health: Health = { state: 'unknown', message: 'not read yet', updated: clock.now() };

  const enter = (state: Health['state'], message: string) => {
    if (health.state !== state || health.message !== message)
      health = { state, message, updated: clock.now() };
  };
  const accept = (exports: E) => {
    enter('healthy', rounds.source.words.done);
    context.setExports(exports);
  };
  const acceptInitial = () => {
    if (rounds.source.initial !== undefined) accept(rounds.source.initial);
  };
  const read = async (signal: AbortSignal) => {
    fresh = true;
    try {
      const exports = await rounds.source.read(signal);
      if (!signal.aborted) accept(exports);
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      enter('unhealthy', `${rounds.source.words.failed}: ${message}`);
      logger.error({ err: message }, `${rounds.source.words.failed}, keeping the last content`);
    }
  };
  const once = async (signal: AbortSignal) => {
    const early = new AbortController();
    const unwatch = rounds.source.watch?.(() => early.abort());
    if (!fresh) await read(signal);
    fresh = false;
    await pause(clock, rounds.source.interval, AbortSignal.any([signal, early.signal]));
    unwatch?.();
    if (early.signal.aborted) await pause(clock, settleMs, signal);
  };

  acceptInitial();
  return {
    async begin(signal) {
      if (rounds.source.initial !== undefined) return;
      await read(signal);
      if (health.state === 'unhealthy') throw new Error(health.message);
    },
    run: (signal) => rounds.run(signal, once),
    update(next) {
      rounds.replace(open(next));
      fresh = false;
      acceptInitial();
    },
    health: () => health,
  };
}
