import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reservedPort } from '@pewter/testkit';
import { goService } from './harness/go-service.ts';
import { startPewter } from './harness/pewter.ts';
import { startTarget } from './harness/recording-target.ts';

const config = (target: string, sink: string) => `
pyroscope.scrape "all" {
  targets         = [{ "__address__" = "${target}", "service_name" = "x" }]
  forward_to      = [pyroscope.write.dead.receiver]
  scrape_interval = "1s"
  profiling_config {
    profile.process_cpu {
      enabled = false
    }
  }
}

pyroscope.write "dead" {
  endpoint {
    url = "http://${sink}"
  }
}
`;

test('with a dead endpoint: one line when it fails, and after SIGTERM a last line with what was lost', async (t) => {
  const target = await startTarget(await goService());
  t.after(() => target.close());
  await using pewter = await startPewter(config(target.address, `127.0.0.1:${await reservedPort()}`));
  const said = (what: string) => (lines: readonly string[]) => lines.some((line) => line.includes(what));
  await pewter.logs.until(said('endpoint fails, pushes are tried again'), 'a word of the dead endpoint');
  process.kill(pewter.pid, 'SIGTERM');
  assert.deepEqual(await pewter.exited, { status: 0, signal: null });
  assert.match(pewter.logs.entries.at(-1) ?? '', /msg=stopped profiles_on_disk=0 profiles_lost=[1-9]/);
  const outages = pewter.logs.entries.filter((line) => line.includes('pushes are tried again'));
  assert.equal(outages.length, 1);
});
