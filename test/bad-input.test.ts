import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { reservedPort } from '@pewter/testkit';
import { debugBlocks } from './harness/component-json.ts';
import { fixturePath, scratchFolder } from './harness/files.ts';
import { goService } from './harness/go-service.ts';
import { assertGolden } from './harness/golden.ts';
import { startPewter } from './harness/pewter.ts';
import { runPewter } from './harness/process.ts';
import { startSink } from './harness/recording-sink.ts';
import { startTarget } from './harness/recording-target.ts';

const cwd = fixturePath('configs/bad');
// A port of 0 takes any that is free: a config that loads by mistake must not fail for another reason.
const run = (...args: readonly string[]) =>
  runPewter(['run', '--server.http.listen-addr=127.0.0.1:0', ...args], { cwd });

/** Standard error of what is tested is no terminal: what is wrong are lines of the log. */
const withoutTimes = (log: string) => log.replaceAll(/^ts=\S+ /gm, '');

describe('a config that cannot run ends `run` with 1 and one message', { concurrency: 2 }, () => {
  const files = [
    'syntax-error',
    'unknown-component',
    'missing-argument',
    'unknown-argument',
    'wrong-type',
    'unknown-reference',
    'unknown-export',
    'wrong-receiver',
    'broken-rule',
    'cycle',
  ];
  for (const name of files) {
    test(name.replaceAll('-', ' '), async () => {
      const { status, stdout, stderr } = await run(`${name}.alloy`);
      await assertGolden(`bad-input/${name}.txt`, stdout + withoutTimes(stderr));
      assert.equal(status, 1, stderr);
    });
  }

  test('a file that is not there', async () => {
    const { status, stdout, stderr } = await run('absent.alloy');
    await assertGolden('bad-input/absent.txt', stdout + stderr);
    assert.equal(status, 1, stderr);
  });

  test('a directory without configs', async () => {
    const { status, stdout, stderr } = await run('no-configs-here');
    await assertGolden('bad-input/no-configs-here.txt', stdout + stderr);
    assert.equal(status, 1, stderr);
  });

  const root = process.getuid?.() === 0;
  test('a file that may not be read', { skip: root && 'root may read every file' }, async () => {
    await using folder = await scratchFolder();
    await chmod(await folder.write('locked.alloy', ''), 0);
    const { status, stderr } = await runPewter(['run', 'locked.alloy'], { cwd: folder.path });
    assert.equal(status, 1);
    await assertGolden('bad-input/locked.txt', stderr);
  });

  test('a port that is in use', async () => {
    await using other = await startTarget();
    await using folder = await scratchFolder();
    await folder.write('config.alloy', 'logging {\n  level = "error"\n}\n');
    const args = ['run', `--server.http.listen-addr=${other.address}`, 'config.alloy'];
    const { status, stdout, stderr } = await runPewter(args, { cwd: folder.path });
    assert.equal(status, 1, stderr);
    await assertGolden(
      'bad-input/port-in-use.txt',
      (stdout + stderr).replaceAll(other.address, '{{address}}'),
    );
  });
});

const pipeline = (target: string, sink: string) => `
pyroscope.scrape "go" {
  targets         = [{"__address__" = "${target}", "service_name" = "go"}]
  forward_to      = [pyroscope.write.sink.receiver]
  scrape_interval = "1s"

  profiling_config {
    profile.process_cpu {
      enabled = false
    }
  }
}

pyroscope.write "sink" {
  endpoint {
    url                 = "http://${sink}"
    max_backoff_retries = 1
  }
}
`;

describe('a peer that fails is health and a line in the log, never an exit', { concurrency: true }, () => {
  test('a target that is down', async (context) => {
    const sink = await startSink();
    context.after(() => sink.close());
    const pewter = await startPewter(pipeline(`127.0.0.1:${await reservedPort()}`, sink.address));
    context.after(() => pewter.stop());
    for (let health: unknown; health !== 'down'; await delay(20)) {
      const [target] = debugBlocks(await pewter.component('pyroscope.scrape.go'), 'target');
      health = target?.health;
      if (health === 'down') assert.match(String(target?.last_error), /ECONNREFUSED|refused/);
    }
    await pewter.logs.until(
      (lines) => lines.some((line) => /refused/i.test(line)),
      'a line about the refused connection',
    );
    assert.equal((await fetch(`${pewter.url}/-/ready`)).status, 200);
  });

  test('a sink that is down', async (context) => {
    const target = await startTarget(await goService());
    context.after(() => target.close());
    const address = `127.0.0.1:${await reservedPort()}`;
    const pewter = await startPewter(pipeline(target.address, address));
    context.after(() => pewter.stop());
    await pewter.logs.until(
      (lines) => lines.some((line) => line.includes(address) && /level=(warn|error)/.test(line)),
      'a line that names the endpoint',
    );
    // It goes on scraping, and what it scrapes arrives once the sink is there.
    const sink = await startSink(Number(address.split(':')[1]));
    context.after(() => sink.close());
    await sink.profiles.until((profiles) => profiles.length > 0, 'a profile at the sink');
  });
});
