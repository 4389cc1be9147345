import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testContext } from '@pewter/testkit';
import { processDiscovery } from './process.ts';
import { running } from './running.test-help.ts';

const id = 'a'.repeat(64);

function machine() {
  const context = testContext<unknown>();
  const process = (pid: number, cgroup: string) => {
    context.files.write(`/proc/${pid}/cmdline`, 'java\0\0-jar\0app.jar\0');
    context.files.write(`/proc/${pid}/cgroup`, cgroup);
    context.files.write(`/proc/${pid}/status`, `Name:\tx\nUid:\t1000\t1001\t1002\t1003\n`);
    context.files.link(`/proc/${pid}/exe`, '/usr/bin/java');
    context.files.link(`/proc/${pid}/cwd`, '/app');
  };
  process(7, `12:cpu:/\n0::/system.slice/docker-${id}.scope\n`);
  process(20, '0::/init.scope\n');
  context.files.write('/proc/meminfo', '');
  // A kernel thread: it has no executable.
  context.files.write('/proc/2/cmdline', '');
  context.files.write('/etc/passwd', 'root:x:0:0::/:/bin/sh\nada:x:1000:1000::/:/bin/sh\n');
  return context;
}

const plain = {
  __meta_process_commandline: 'java -jar app.jar',
  __meta_process_cwd: '/app',
  __meta_process_exe: '/usr/bin/java',
};

test('processes carry what is asked for; kernel threads are left out', async (t) => {
  const discovery = await running(t, processDiscovery, '', machine());
  await discovery.healthy();
  assert.deepEqual(discovery.targets(), [
    { __container_id__: id, ...plain, __process_pid__: '7' },
    { ...plain, __process_pid__: '20' },
  ]);
});

test('user and control group are there when they are switched on', async (t) => {
  const text =
    'discover_config {\n uid = true\n username = true\n cgroup_path = true\n exe = false\n cwd = false\n commandline = false\n container_id = false\n}';
  const discovery = await running(t, processDiscovery, text, machine());
  await discovery.healthy();
  assert.deepEqual(
    discovery.targets().find(({ __process_pid__: pid }) => pid === '7'),
    {
      __meta_process_cgroup_path: `12:cpu:/|0::/system.slice/docker-${id}.scope`,
      __meta_process_uid: '1000',
      __meta_process_username: 'ada',
      __process_pid__: '7',
    },
  );
});

test('a joined container and its process are one target; the others stand alone', async (t) => {
  const join = [
    `{ __container_id__ = "${id}", pod = "x", __meta_process_cwd = "" }`,
    '{ __meta_kubernetes_pod_container_id = "containerd://other", pod = "y" }',
    '{ pod = "z" }',
  ];
  const discovery = await running(t, processDiscovery, `join = [${join.join(', ')}]`, machine());
  await discovery.healthy();
  const { __meta_process_cwd: _, ...rest } = plain;
  assert.deepEqual(discovery.targets(), [
    { pod: 'z' },
    { __container_id__: id, ...rest, __process_pid__: '7', pod: 'x' },
    { ...plain, __process_pid__: '20' },
    { __meta_kubernetes_pod_container_id: 'containerd://other', pod: 'y' },
  ]);
});

test('a process that ends goes with the next refresh', async (t) => {
  const discovery = await running(t, processDiscovery, '', machine());
  await discovery.healthy();
  discovery.context.files.remove('/proc/20/cgroup');
  await discovery.context.clock.advance(60_000);
  assert.deepEqual(
    discovery.targets().map(({ __process_pid__: pid }) => pid),
    ['7'],
  );
});

test('without /proc it is unhealthy and exports no targets', async (t) => {
  const discovery = await running(t, processDiscovery, '');
  await discovery.unhealthy();
  assert.match(discovery.message(), /\/proc/);
  assert.deepEqual(discovery.targets(), []);
});
