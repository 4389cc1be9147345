import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { FakeTarget, RecordingSink, VirtualClock } from '@pewter/testkit';
import { fixture } from './reference.test-help.ts';
import { TestPipeline } from './test-pipeline.test-help.ts';

/** One profile type alone, so that a test has one loop. */
export function only(block: string, body = ''): string {
  const off = ['memory', 'block', 'goroutine', 'mutex', 'process_cpu'].filter((name) => name !== block);
  const blocks = off.map((name) => `    profile.${name} { enabled = false }`);
  const on = block === '' ? '' : `    profile.${block} {\n enabled = true\n ${body}\n }`;
  return `profiling_config {\n${[...blocks, on].join('\n')}\n}`;
}

/** A target, a sink, and a pipeline between them. */
export class Bench {
  readonly target: FakeTarget;
  readonly sink: RecordingSink;
  readonly test: TestPipeline;

  private constructor(target: FakeTarget, sink: RecordingSink, clock: VirtualClock) {
    this.target = target;
    this.sink = sink;
    this.test = new TestPipeline(clock, [target]);
  }

  /** All of it ends with the test. */
  static async open(t: TestContext): Promise<Bench> {
    const clock = new VirtualClock();
    const bench = new Bench(await FakeTarget.start(clock), await RecordingSink.start(), clock);
    t.after(async () => {
      await bench.test.stop();
      await bench.target.close();
      await bench.sink.close();
    });
    return bench;
  }

  /** Serves a recorded profile where goroutines are asked for. */
  serveGoroutines(): Uint8Array {
    const body = fixture('go-goroutine-1');
    this.target.serve('/debug/pprof/goroutine', { body });
    return body;
  }

  /** A scrape of the target, each 15 s, forwarding to `pyroscope.write.out`. */
  scrapeText(
    more = only('goroutine'),
    targets = `[{"__address__" = "${this.target.address}", "service_name" = "app"}]`,
  ) {
    return `pyroscope.scrape "main" {
  targets    = ${targets}
  forward_to = [pyroscope.write.out.receiver]
  ${more}
}\n`;
  }

  writeText(endpoint = '', more = ''): string {
    return `pyroscope.write "out" {\n endpoint {\n url = "${this.sink.url}"\n ${endpoint}\n }\n ${more}\n}\n`;
  }

  async start(config: string): Promise<void> {
    const { ok, diagnostics } = await this.test.load(config);
    assert.ok(ok, diagnostics.map(({ message }) => message).join('\n'));
    this.test.pipeline.start();
  }

  async reload(config: string): Promise<void> {
    const { ok, diagnostics } = await this.test.load(config);
    assert.ok(ok, diagnostics.map(({ message }) => message).join('\n'));
  }

  /** The debug information of the first target of the scrape. */
  get info(): Readonly<Record<string, unknown>> {
    const targets = this.test.pipeline.details('pyroscope.scrape.main')?.debugInfo?.target;
    const [first] = targets as readonly Record<string, unknown>[];
    return first ?? {};
  }

  /** Moves time on until so many scrapes have ended, well or not. */
  async scraped(count: number): Promise<void> {
    const end = this.test.clock.monotonic() + 600_000;
    const enough = async () => (await this.metric('pyroscope_scrapes_total')) >= count;
    while (!(await enough()) && this.test.clock.monotonic() < end) await this.test.step(end);
    assert.ok(await enough(), `fewer than ${count} scrapes in ten minutes`);
  }

  /** The value of a metric, over all its labels. */
  async metric(name: string): Promise<number> {
    const text = await this.test.pipeline.metricsText();
    const lines = text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'gm'));
    return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
  }
}
