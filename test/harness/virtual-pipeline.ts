import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { discoveryComponents } from '@pewter/discovery';
import { pyroscopeComponents } from '@pewter/pyroscope';
import { registryOf } from '@pewter/runtime';
import { createLogger, Pipeline, realOutside } from '@pewter/runtime/running';
import { SourceFile } from '@pewter/syntax';
import { MapEnvironment, testOutside } from '@pewter/testkit';

/** A config that runs in this process, in virtual time and on the real network. */
export interface VirtualPipeline {
  readonly pipeline: Pipeline;
  /** Lets virtual time pass. */
  pass(milliseconds: number): Promise<void>;
  /** Lets virtual time pass, in steps that leave answers the real time they need, until `holds`. */
  until(holds: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

const step = 250;
/** No more virtual time than this passes in one `until`: two rounds of the default interval. */
const longest = 30_000;

/** Loads and starts a config; what it has wrong fails the test. */
export async function startPipeline(text: string): Promise<VirtualPipeline> {
  const { usage } = realOutside().environment;
  const environment = Object.assign(new MapEnvironment(), { usage });
  const outside = testOutside({ environment });
  const pipeline = new Pipeline({
    outside,
    registry: registryOf([...discoveryComponents, ...pyroscopeComponents]),
    stability: 'experimental',
    logs: createLogger({ clock: outside.clock, destination: { write: () => {} } }),
    storagePath: '/nonexistent',
  });
  const { ok, diagnostics } = await pipeline.reload([new SourceFile('config.alloy', text)]);
  assert.ok(ok, diagnostics.map(({ message }) => message).join('\n'));
  pipeline.start();
  return {
    pipeline,
    pass: (milliseconds) => outside.clock.advance(milliseconds),
    until: async (holds) => {
      for (let passed = 0; !holds(); passed += step) {
        assert.ok(passed < longest, `nothing came of ${longest} ms of virtual time`);
        await outside.clock.advance(step);
        await delay(2);
      }
    },
    stop: async () => {
      let stopped = false;
      const stopping = pipeline.stop().finally(() => {
        stopped = true;
      });
      // What it waits for (a push that is tried again, patience) may need time to pass.
      while (!stopped) {
        await outside.clock.advance(step);
        await delay(2);
      }
      await stopping;
    },
  };
}
