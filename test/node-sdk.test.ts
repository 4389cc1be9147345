import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startSink } from '@pewter/sink';
import { reservedPort } from '@pewter/testkit';
import { noBrowser, startBrowser } from './harness/browser.ts';
import { startPewter } from './harness/pewter.ts';
import { spawnNode } from './harness/process.ts';

// The SDK as its page says to use it, in a process that keeps itself busy in a function with a name to look for.
const app = `
import Pyroscope from '@pyroscope/nodejs';
Pyroscope.init({ serverAddress: process.argv[1], appName: 'node-shop', tags: { region: 'eu' }, flushIntervalMs: 1000, wall: { samplingDurationMs: 1000, collectCpuTime: true } });
Pyroscope.start();
process.stdout.write('started\\n');
function countPrimesSlowly(limit) {
  let found = 0;
  for (let n = 2; n < limit; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (prime) found++;
  }
  return found;
}
function work() { countPrimesSlowly(60000); setImmediate(work); }
work();
`;

/** The SDK has a native part; where that does not load, there is nothing to test. */
const skip: string | false = await import('@pyroscope/nodejs').then(
  () => false,
  (error: unknown) =>
    `@pyroscope/nodejs does not load here: ${error instanceof Error ? error.message : String(error)}`,
);

test('@pyroscope/nodejs pushes to pyroscope.receive_http, and its profiles show in the page of the sink', {
  skip,
  timeout: 90_000,
}, async (t) => {
  const sink = await startSink({
    host: '127.0.0.1',
    port: 0,
    onProfile() {},
    logger: { warn: (fields) => assert.fail(JSON.stringify(fields)) },
  });
  t.after(() => sink.close());
  const port = await reservedPort();
  await using pewter = await startPewter(`
pyroscope.receive_http "sdks" {
  http {
    listen_address = "127.0.0.1"
    listen_port    = ${port}
  }
  forward_to = [pyroscope.write.sink.receiver]
}

pyroscope.write "sink" {
  endpoint {
    url = "${sink.url}"
  }
}
`);
  assert.ok(pewter.pid > 0);
  await using service = spawnNode(['--input-type=module', '--eval', app, `http://127.0.0.1:${port}`], {
    cwd: import.meta.dirname,
  });
  const deadline = performance.now() + 45_000;
  const found = async () => {
    const series = JSON.parse(await (await fetch(`${sink.url}/api/series`)).text()) as {
      id: number;
      labels: Record<string, string>;
      types: string[];
    }[];
    for (const { id, types } of series)
      for (const type of types) {
        const flame = await (
          await fetch(`${sink.url}/api/flame?series=${id}&type=${encodeURIComponent(type)}`)
        ).text();
        if (flame.includes('countPrimesSlowly')) return { id, type, all: series };
      }
    return undefined;
  };
  let series = await found();
  while (series === undefined && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    series = await found();
  }
  assert.ok(series, `nothing arrived:\n${[...service.stderr.entries, ...pewter.logs.entries].join('\n')}`);
  assert.ok(
    series.all.some(({ labels }) => labels.service_name === 'node-shop'),
    JSON.stringify(series.all),
  );
  if (noBrowser !== false) return t.diagnostic(noBrowser);
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(sink.url);
    const row = page.locator(`#series tbody tr[data-id="${series.id}"]`, { hasText: 'node-shop' });
    await row.click();
    await page.locator('#labels', { hasText: 'region=eu' }).waitFor();
    await page.locator('#type').selectOption(series.type);
    await page
      .locator('#graph title', { hasText: 'countPrimesSlowly' })
      .first()
      .waitFor({ state: 'attached' });
  } finally {
    await browser.close();
  }
});
