import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecordingSink } from '@pewter/testkit';
import { Bench } from './sockets.test-help.ts';

const interval = 15_000;
const hour = 3_600_000;

test('an endpoint that is dead for an hour costs no scrape and takes nothing from another one, and gets the whole hour once it is back', {
  timeout: 120_000,
}, async (t) => {
  const bench = await Bench.open(t);
  const back = await RecordingSink.start();
  t.after(() => back.close());
  bench.serveGoroutines();
  back.failAlways({ status: 503 });
  const endpoints = `endpoint {
 url = "${bench.sink.url}"
 }
 endpoint {
 url = "${back.url}"
 queue {
 }
 }`;
  await bench.start(`${bench.scrapeText()}pyroscope.write "out" {\n ${endpoints}\n}\n`);
  await bench.test.advance(hour);
  const scraped = bench.target.requests.length;
  assert.ok(Math.abs(scraped - hour / interval) <= 1, `${scraped} scrapes in an hour`);
  assert.equal(await bench.metric('pyroscope_scrape_missed_total'), 0);
  assert.equal(bench.sink.profiles.length, scraped);
  assert.equal(back.profiles.length, 0);
  back.failAlways();
  // A sender waits for at most max_backoff_period.
  await bench.test.advance(6 * 60_000);
  assert.equal(back.profiles.length, bench.target.requests.length);
  assert.equal(await bench.metric('pyroscope_write_dropped_profiles_total'), 0);
  assert.equal(await bench.metric('pyroscope_write_queued_profiles'), 0);
});
