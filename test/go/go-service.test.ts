import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { root, type ScratchFolder, scratchFolder } from '../harness/files.ts';
import { type Pewter, startPewter } from '../harness/pewter.ts';
import { type RecordingSink, startSink } from '../harness/recording-sink.ts';

const go = spawnSync('go', ['version'], { encoding: 'utf8' });
const skip = go.status === 0 ? false : 'Go is not installed: this test builds and profiles a real Go service';

const config = (target: string, sink: string) => `
pyroscope.scrape "go" {
  targets         = [{"__address__" = "${target}", "service_name" = "go"}]
  forward_to      = [pyroscope.write.sink.receiver]
  scrape_interval = "3s"
}

pyroscope.write "sink" {
  endpoint {
    url = "http://${sink}"
  }
}
`;

describe('a real Go service', { skip }, () => {
  let folder: ScratchFolder;
  let service: Service;
  let sink: RecordingSink;
  let pewter: Pewter;

  before(async () => {
    folder = await scratchFolder();
    service = await startService(folder);
    sink = await startSink();
    pewter = await startPewter(config(service.address, sink.address));
  });
  after(async () => {
    await pewter?.stop();
    await sink?.close();
    await service?.stop();
    await folder?.[Symbol.asyncDispose]();
  });

  /** What `go tool pprof -top` reads in the first profile of this kind that arrives. */
  async function top(kind: string, ...flags: readonly string[]): Promise<string> {
    const all = await sink.profiles.until(
      (profiles) => profiles.some(({ labels }) => labels.__name__ === kind),
      `a profile of kind ${kind}`,
      30_000,
    );
    const file = join(folder.path, `${kind}.pb.gz`);
    await writeFile(file, all.find(({ labels }) => labels.__name__ === kind)?.bytes ?? '');
    const { stdout, stderr, status } = spawnSync('go', ['tool', 'pprof', '-top', ...flags, file], {
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    return stdout;
  }

  test('shows in its CPU profile the function that keeps the CPU busy', async () => {
    assert.match(await top('process_cpu', '-cum'), /main\.BusyHashing/);
  });

  test('shows in its heap profile the function that keeps the memory', async () => {
    // 64 MiB, and the slice that holds them.
    const inUse = await top('memory', '-sample_index=inuse_space', '-unit=kB');
    assert.match(inUse, /^\s*655\d\d(\.\d+)?kB .*main\.KeptMemory$/m);
  });

  test('shows only what was allocated since the scrape before as allocated', async () => {
    const allocated = await top('memory', '-sample_index=alloc_space');
    assert.match(allocated, /main\.PassingMemory$/m);
    assert.doesNotMatch(allocated, /main\.KeptMemory$/m);
  });
});

interface Service {
  readonly address: string;
  stop(): Promise<void>;
}

async function startService(folder: ScratchFolder): Promise<Service> {
  const binary = join(folder.path, 'service');
  const built = spawnSync('go', ['build', '-o', binary, '.'], {
    cwd: join(root, 'test/go/service'),
    encoding: 'utf8',
  });
  assert.equal(built.status, 0, built.stderr);
  const child = spawn(binary, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    address: String(line).replace('listening ', ''),
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}
