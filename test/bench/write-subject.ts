import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeBody, Scope } from '@pewter/language';
import { defineWrite, type Profile, type ProfilesReceiver } from '@pewter/pyroscope';
import type { ComponentContext } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import { parse, SourceFile } from '@pewter/syntax';
import { testContext } from '@pewter/testkit';

// pyroscope.write alone in a process of its own: pushes so many profiles through the config in its arguments, with
// at most `window` of them on their way, and prints what that took. CPU time is that of all threads.
const [config = '', folder = '', count = '1000', warm = '500'] = process.argv.slice(2);
const window = 256;
const seriesCount = 1000;
const bodyBytes = 16_000;

let receiver: ProfilesReceiver | undefined;
const context: ComponentContext<{ receiver: ProfilesReceiver }> = {
  ...testContext(),
  ...realOutside(),
  dataPath: folder,
  setExports: (exports) => {
    receiver = exports.receiver;
  },
};
const { metrics } = context;
const definition = defineWrite(Math.random);
const source = new SourceFile('bench.alloy', config);
const at = { source, range: { start: 0, end: 0 }, name: 'bench' };
const { value, diagnostics } = decodeBody(
  parse(source).file.body,
  definition.arguments,
  new Scope(new Map()),
  at,
);
if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
const { build } = await definition.implementation();
const component = build(context as ComponentContext<unknown>, value);
const ending = new AbortController();
const running = component.run(ending.signal);

const bodies = Array.from({ length: 64 }, () => randomBytes(bodyBytes));
const labels = Array.from({ length: seriesCount }, (_, index) => [
  { name: '__name__', value: 'memory' },
  { name: 'instance', value: `10.0.0.${index}:8080` },
  { name: 'namespace', value: 'shop' },
  { name: 'service_name', value: `service-${index}` },
]);

const endpoints = (config.match(/endpoint \{/g) ?? []).length;
const sent = async () => {
  const metric = await metrics.getSingleMetric('pyroscope_write_sent_profiles_total')?.get();
  return (metric?.values ?? []).reduce((sum, one) => sum + one.value, 0) / endpoints;
};

let pushed = 0;
async function push(total: number): Promise<void> {
  for (const end = pushed + total; pushed < end; ) {
    const room = window - (pushed - (await sent()));
    for (let index = 0; index < room && pushed < end; index++) {
      const number = pushed++;
      const profile: Profile = {
        labels: labels[number % seriesCount] ?? [],
        bytes: bodies[number % 64] ?? randomBytes(1),
        id: '',
      };
      void receiver?.append(profile);
    }
    await delay(2);
  }
  while ((await sent()) < pushed) await delay(2);
}

await push(Number(warm));
const before = process.cpuUsage();
const began = performance.now();
await push(Number(count));
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${JSON.stringify({ seconds, cpuMs: (user + system) / 1000 })}\n`);
ending.abort();
await running;
