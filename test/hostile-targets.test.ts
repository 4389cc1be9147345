import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { usageOf } from './bench/measured-process.ts';
import { debugBlocks } from './harness/component-json.ts';
import { root } from './harness/files.ts';
import { hostilities, startHostile } from './harness/hostile-targets.ts';
import { startPewter } from './harness/pewter.ts';

const profile = readFileSync(join(root, 'fixtures/profiles/go-profile-1.pb.gz'));
const seconds = 12;

/** A well-behaved target that knows when it was asked. */
async function goodTarget(t: TestContext) {
  const asked: number[] = [];
  const server = createServer((_, response) => {
    asked.push(performance.now());
    response.end(profile);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const config = (targets: readonly string[]) => `
pyroscope.scrape "all" {
  targets         = [${targets.map((address) => `{"__address__" = "${address}", "service_name" = "s"}`).join(', ')}]
  forward_to      = []
  scrape_interval = "1s"
  scrape_timeout  = "3s"
  profiling_config {
    profile.memory { enabled = false }
    profile.block { enabled = false }
    profile.mutex { enabled = false }
    profile.process_cpu { enabled = false }
  }
}
`;

/** What debug information must say of each, in part. */
const said: Readonly<Record<string, RegExp>> = {
  'endless body': /exceeds? \d+ bytes|did not arrive whole/,
  'gzip bomb': /unpacks to more than/,
  'one byte a second': /the body did not arrive whole .* within 3s/,
  'one byte of headers a second': /no answer .* within 3s/,
  'large headers': /too large/,
  silence: /no answer .* within 3s/,
  'reset before the answer': /connection closed before/,
  'reset in the headers': /connection closed before/,
  'reset in the body': /connection closed before/,
  'end in the body': /connection closed before/,
  'no HTTP': /no valid HTTP/,
  'more than was promised': /no valid HTTP|not a pprof profile/,
};

describe('hostile targets', { skip: process.platform !== 'linux' && 'reads /proc' }, () => {
  test('harm neither the process nor the scrapes of other targets, and each failure says what it is', async (t) => {
    const bad = await Promise.all(
      Object.entries(hostilities).map(async ([name, hostility]) => ({
        name,
        target: await startHostile(hostility),
      })),
    );
    t.after(() => Promise.all(bad.map(({ target }) => target[Symbol.asyncDispose]())));
    const good = await Promise.all(Array.from({ length: 10 }, () => goodTarget(t)));
    await using pewter = await startPewter(
      config([...bad.map(({ target }) => target.address), ...good.map(({ address }) => address)]),
    );
    await delay(seconds * 1000);
    const shown = debugBlocks(await pewter.component('pyroscope.scrape.all'), 'target');
    const { peakMb } = await usageOf(pewter.pid);
    t.diagnostic(`${peakMb.toFixed(0)} MB at most`);
    for (const { name, target } of bad) {
      assert.ok(target.asked.length > 0, `${name} was not asked`);
      const info = shown.find(({ url }) => String(url).includes(target.address));
      assert.equal(info?.health, 'down', name);
      assert.match(String(info?.last_error), said[name] ?? /^$/, name);
    }
    for (const { asked } of good) assertRegular(asked);
    // The limits are 128 MiB for a body and 256 MiB for all, beside what the program needs; unbounded it would be gigabytes.
    assert.ok(peakMb < 1200, `${peakMb} MB`);
  });
});

/** Asked each second, none left out. */
function assertRegular(asked: readonly number[]): void {
  const gaps = asked.slice(1).map((time, index) => time - (asked[index] ?? 0));
  assert.ok(gaps.length >= seconds - 3, `${gaps.length} scrapes`);
  const late = gaps.filter((gap) => Math.abs(gap - 1000) > 700);
  assert.deepEqual(late, []);
}
