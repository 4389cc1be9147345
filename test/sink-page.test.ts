import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Sink, startSink } from '@pewter/sink';
import type { Browser, Page } from 'playwright-core';
import { noBrowser, startBrowser } from './harness/browser.ts';

const evil = `<img src=x onerror="window.hacked=1">`;

describe('the page of the sink, in a browser', { skip: noBrowser, timeout: 90_000 }, () => {
  let browser: Browser;
  let sink: Sink;
  let page: Page;
  const complaints: string[] = [];
  const requested: string[] = [];

  const ingest = async (name: string, folded: string) => {
    const query = new URLSearchParams({ name, format: 'folded' });
    const answer = await fetch(`${sink.url}/ingest?${query}`, { method: 'POST', body: folded });
    assert.equal(answer.status, 200);
  };

  before(async () => {
    sink = await startSink({ host: '127.0.0.1', port: 0, onProfile() {}, logger: { warn() {} } });
    await ingest('shop{env=prod}', 'main;parse 30\nmain;render 10\n');
    await ingest('shop{env=prod}', 'main;parse 20\n');
    await ingest(`cart{evil=${evil.replaceAll('=', ':')}}`, `main;${evil} 5\n`);
    browser = await startBrowser();
    page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => requested.push(request.url()));
    await page.goto(sink.url);
  });

  after(async () => {
    await browser?.close();
    await sink?.close();
  });

  const rowOf = (service: string) => page.locator('#series tbody tr', { hasText: service });
  /** The names in the frames, once they are there: the library draws them after the frames. */
  const namesIn = async (awaited: string) => {
    const labels = page.locator('#graph .d3-flame-graph-label');
    await labels.filter({ hasText: awaited }).first().waitFor({ state: 'attached' });
    return await labels.allTextContents();
  };
  const facts = (text: string) => page.locator('#facts', { hasText: text }).waitFor();

  test('lists the series and shows the merged flame graph of one', async () => {
    await rowOf('shop').click();
    await facts('2 profiles, 60 in all');
    assert.deepEqual((await namesIn('render')).toSorted(), ['all', 'main', 'parse', 'render']);
    assert.match((await page.locator('#labels').textContent()) ?? '', /env=prod/);
    assert.match((await rowOf('shop').textContent()) ?? '', /shop/);
  });

  test('says what a frame is when the pointer is on it', async () => {
    await page.locator('#graph g.frame', { hasText: 'render' }).last().hover();
    await page.locator('#frame', { hasText: 'render: 10, 16.7 %' }).waitFor();
  });

  test('shows one profile of a series, and lets it be downloaded as it came', async () => {
    await page.locator('#profile').selectOption({ index: 3 });
    await facts('1 profile, ');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#raw').click()]);
    assert.match(download.suggestedFilename(), /^profile-\d+\.pb\.gz$/);
  });

  test('marks what is searched for, and takes any text as such', async () => {
    await page.locator('#profile').selectOption('all');
    await facts('2 profiles');
    await page.locator('#find').fill('pars');
    const colours = await page
      .locator('#graph rect')
      .evaluateAll((all) => new Set(all.map((one) => one.getAttribute('fill'))).size);
    assert.ok(colours > 1);
    await page.locator('#find').fill('(');
    await page.locator('#find').fill('');
  });

  test('shows its list whole, with the time of the last profile, in a window of any usual width', async () => {
    await ingest('a-service-with-a-long-name{pod=a}', 'main 1\n');
    await rowOf('a-service-with-a-long-name').waitFor({ timeout: 10_000 });
    for (const width of [1000, 1300, 1900]) {
      await page.setViewportSize({ width, height: 800 });
      const cut = await page.locator('nav').evaluate((nav) => nav.scrollWidth - nav.clientWidth);
      assert.equal(cut, 0, `${width} px`);
    }
  });

  test('says how many in words that fit the number', async () => {
    await rowOf('a-service-with-a-long-name').click();
    await page.locator('#profile option', { hasText: /, 1 sample$/ }).waitFor({ state: 'attached' });
  });

  test('filters the list', async () => {
    await page.locator('#filter').fill('env=prod');
    await page.locator('#status', { hasText: '1 of 3 series' }).waitFor();
    await page.locator('#filter').fill('');
    await page.locator('#status', { hasText: '3 of 3 series' }).waitFor();
  });

  test('shows what clients send as text: no label and no function becomes markup or script', async () => {
    await rowOf('cart').click();
    await facts('1 profile, 5 in all');
    assert.ok((await namesIn('<img src=x')).includes(evil));
    assert.match((await page.locator('#labels').textContent()) ?? '', /<img/);
    await page.locator('#graph g.frame').last().hover();
    assert.equal(await page.locator('img').count(), 0);
    assert.equal(await page.evaluate('window.hacked'), undefined);
  });

  test('shows what arrives while it is open', async () => {
    await ingest('late', 'main 1\n');
    await rowOf('late').waitFor({ timeout: 10_000 });
  });

  test('asks nobody but the sink, and nothing goes wrong in it', () => {
    assert.deepEqual(
      requested.filter((url) => !url.startsWith(sink.url) && !url.startsWith('data:')),
      [],
    );
    assert.deepEqual(complaints, []);
  });
});
