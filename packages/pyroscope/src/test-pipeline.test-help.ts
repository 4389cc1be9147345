import { discoveryComponents } from '@pewter/discovery';
import { type LoadOutcome, registryOf } from '@pewter/runtime';
import { createLogger, Pipeline } from '@pewter/runtime/running';
import { SourceFile } from '@pewter/syntax';
import { CountingNetwork, settle, testOutside, type VirtualClock } from '@pewter/testkit';
import { pyroscopeComponents } from './index.ts';

/** How far time moves on where no timer waits, virtual milliseconds. */
const longestStepMs = 250;
/** How long something may take that waits for no virtual time, real milliseconds. */
const patienceMs = 5000;

/** Something that answers requests, and how many of them it lets wait for virtual time. */
interface Waiter {
  readonly waiting: number;
}

/**
 * A whole pipeline in virtual time over real sockets: time moves on to the next timer only when everything that was
 * asked has been answered and dealt with.
 */
export class TestPipeline {
  readonly pipeline: Pipeline;
  readonly clock: VirtualClock;
  /** What was logged, one text for each line. */
  readonly lines: string[] = [];
  readonly #network = new CountingNetwork();
  readonly #waiters: Iterable<Waiter>;

  /** `waiters` answer after delays that pass on `clock`. */
  constructor(clock: VirtualClock, waiters: Iterable<Waiter> = []) {
    const outside = testOutside({ network: this.#network, clock });
    this.clock = clock;
    this.#waiters = waiters;
    this.pipeline = new Pipeline({
      registry: registryOf([...discoveryComponents, ...pyroscopeComponents]),
      stability: 'experimental',
      outside,
      logs: createLogger({ destination: { write: (line) => void this.lines.push(line) }, clock }),
      storagePath: '/nonexistent',
    });
  }

  load(config: string): Promise<LoadOutcome> {
    return this.pipeline.reload([new SourceFile('config.alloy', config)]);
  }

  /** Moves time on to the next timer, and no further than `end` on the clock that never jumps. */
  async step(end: number): Promise<void> {
    await this.quiet();
    const { clock } = this;
    await clock.advance(Math.min(clock.untilNext ?? longestStepMs, end - clock.monotonic()));
    await this.quiet();
  }

  async advance(milliseconds: number): Promise<void> {
    const end = this.clock.monotonic() + milliseconds;
    while (this.clock.monotonic() < end) await this.step(end);
  }

  /** Stops, with all the time that takes; gives the milliseconds of it. */
  async stop(): Promise<number> {
    const began = this.clock.monotonic();
    let stopped = false;
    const stopping = this.pipeline.stop().then(() => {
      stopped = true;
    });
    const end = began + 60_000;
    for (await settle(); !stopped && this.clock.monotonic() < end; ) await this.step(end);
    await stopping;
    return this.clock.monotonic() - began;
  }

  /** Waits in real time until nothing moves that does not wait for virtual time. */
  async quiet(): Promise<void> {
    const started = performance.now();
    for (;;) {
      await settle();
      const waiting = [...this.#waiters].reduce((sum, waiter) => sum + waiter.waiting, 0);
      const requests = this.#network.underWay - waiting;
      const scrapes = (await this.#scrapesUnderWay()) - waiting;
      const { begun } = this.#network;
      await settle();
      if (requests === 0 && scrapes <= 0 && begun === this.#network.begun) return;
      if (performance.now() - started > patienceMs) {
        const state = `${requests} requests have no answer, and ${scrapes} scrapes have not ended`;
        throw new Error(`after ${patienceMs} ms ${state}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async #scrapesUnderWay(): Promise<number> {
    const text = await this.pipeline.metricsText();
    const lines = text.matchAll(/^pyroscope_scrapes_under_way\{[^}]*\} (\d+)$/gm);
    return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
  }
}
