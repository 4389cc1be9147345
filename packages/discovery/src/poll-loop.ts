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
 * A component that reads its exports at once, each interval, and on changes. While reads fail the last ones stay, and
 * health says why. What `open` throws refuses the arguments.
 */
export function polledComponent<A, E>(
  context: ComponentContext<E>,
  args: A,
  open: (args: A) => PolledSource<E>,
): Component<A> {
  const { clock, logger } = context;
  let source = open(args);
  let round = new AbortController();
  let health: Health = { state: 'unknown', message: 'not read yet', updated: clock.now() };

  const enter = (state: Health['state'], message: string) => {
    if (health.state !== state || health.message !== message)
      health = { state, message, updated: clock.now() };
  };
  const accept = (exports: E) => {
    enter('healthy', source.words.done);
    context.setExports(exports);
  };
  const begin = () => {
    if (source.initial !== undefined) accept(source.initial);
  };
  const read = async (signal: AbortSignal) => {
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
    await read(signal);
    await pause(clock, source.interval, AbortSignal.any([signal, early.signal]));
    unwatch?.();
    if (early.signal.aborted) await pause(clock, settleMs, signal);
  };

  begin();
  return {
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
      begin();
      round.abort();
      old
        .close()
        .catch((error: unknown) => logger.warn({ err: String(error) }, 'closing the old client failed'));
    },
    health: () => health,
  };
}
