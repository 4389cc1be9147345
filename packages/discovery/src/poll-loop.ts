import type { Cancel, Component, ComponentContext, Health } from '@pewter/runtime';
import { pause } from './pause.ts';

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
  let source = open(args);
  let round = new AbortController();
  /** What was read before the work began needs no second reading. */
  let fresh = false;
  let health: Health = { state: 'unknown', message: 'not read yet', updated: clock.now() };

  const enter = (state: Health['state'], message: string) => {
    if (health.state !== state || health.message !== message)
      health = { state, message, updated: clock.now() };
  };
  const accept = (exports: E) => {
    enter('healthy', source.words.done);
    context.setExports(exports);
  };
  const acceptInitial = () => {
    if (source.initial !== undefined) accept(source.initial);
  };
  const read = async (signal: AbortSignal) => {
    fresh = true;
    try {
      const exports = await source.read(signal);
      if (!signal.aborted) accept(exports);
    } catch (error) {
      if (signal.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      enter('unhealthy', `${source.words.failed}: ${message}`);
      logger.error({ err: message }, `${source.words.failed}, keeping the last content`);
    }
  };
  const once = async (signal: AbortSignal) => {
    const early = new AbortController();
    const unwatch = source.watch?.(() => early.abort());
    if (!fresh) await read(signal);
    fresh = false;
    await pause(clock, source.interval, AbortSignal.any([signal, early.signal]));
    unwatch?.();
    if (early.signal.aborted) await pause(clock, settleMs, signal);
  };

  acceptInitial();
  return {
    async begin(signal) {
      if (source.initial !== undefined) return;
      await read(signal);
      if (health.state === 'unhealthy') throw new Error(health.message);
    },
    async run(signal) {
      const end = () => round.abort();
      signal.addEventListener('abort', end, { once: true });
      while (!signal.aborted) {
        await once(round.signal);
        if (!signal.aborted && round.signal.aborted) round = new AbortController();
      }
      signal.removeEventListener('abort', end);
      await source.close();
    },
    update(next) {
      const old = source;
      source = open(next);
      fresh = false;
      acceptInitial();
      round.abort();
      old
        .close()
        .catch((error: unknown) => logger.warn({ err: String(error) }, 'closing the old client failed'));
    },
    health: () => health,
  };
}
