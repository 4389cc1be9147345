import assert from 'node:assert/strict';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { scratchFolder } from './harness/files.ts';
import { startPewter } from './harness/pewter.ts';

const config = (folder: string) => `
discovery.file "groups" {
	files            = ["${folder}/*.json", "${folder}/*.yaml"]
	refresh_interval = "1h"
}

local.file "name" {
	filename = "${folder}/name"
}

local.file_match "logs" {
	path_targets = [{ "__path__" = "${folder}/logs/*.log" }]
	sync_period  = "100ms"
}

discovery.relabel "all" {
	targets = array.concat(discovery.file.groups.targets, local.file_match.logs.targets)

	rule {
		target_label = "name"
		replacement  = local.file.name.content
	}
}
`;

test('changed files come through a running pipeline: made, rewritten, replaced, removed', async (t) => {
  await using folder = await scratchFolder();
  const at = (name: string) => join(folder.path, name);
  await mkdir(at('logs'));
  await writeFile(at('name'), 'first');
  await writeFile(at('a.json'), JSON.stringify([{ targets: ['a:1'] }]));
  await using pewter = await startPewter(config(folder.path));

  /** Address or path of each target, with the name that the rule gave it. */
  const shown = async () => {
    const { exports } = await pewter.component('discovery.relabel.all');
    const text = JSON.stringify(exports.find(({ name }) => name === 'output')?.value);
    return [
      ...text.matchAll(/"key":"(__address__|__path__|name)","value":\{"type":"string","value":"([^"]*)"/g),
    ]
      .map(([, key = '', value = '']) => (key === '__path__' ? value.slice(folder.path.length) : value))
      .sort();
  };
  const becomes = async (expected: readonly string[]) => {
    const end = performance.now() + 10_000;
    for (;;) {
      const now = await shown();
      if (JSON.stringify(now) === JSON.stringify([...expected].sort())) return;
      if (performance.now() > end) assert.deepEqual(now, [...expected].sort());
      await sleep(25);
    }
  };

  await becomes(['a:1', 'first']);

  t.diagnostic('rewritten in its place');
  await writeFile(at('a.json'), JSON.stringify([{ targets: ['a:2'] }]));
  await writeFile(at('name'), 'second');
  await becomes(['a:2', 'second']);

  t.diagnostic('made anew');
  await writeFile(at('b.yaml'), '- targets: ["b:1"]\n');
  await writeFile(at('logs/one.log'), '');
  await becomes(['a:2', 'second', 'b:1', 'second', '/logs/one.log', 'second']);

  t.diagnostic('replaced by another file, as editors and config maps do');
  await writeFile(at('a.new'), JSON.stringify([{ targets: ['a:3'] }]));
  await rename(at('a.new'), at('a.json'));
  await writeFile(at('name.new'), 'third');
  await rename(at('name.new'), at('name'));
  await becomes(['a:3', 'third', 'b:1', 'third', '/logs/one.log', 'third']);

  t.diagnostic('half written: the last good targets stay');
  await writeFile(at('a.json'), '[{"targets": [');
  await sleep(500);
  await becomes(['a:3', 'third', 'b:1', 'third', '/logs/one.log', 'third']);
  const broken = await pewter.component('discovery.file.groups');
  assert.match(broken.health.message, /a\.json/);
  await writeFile(at('a.json'), JSON.stringify([{ targets: ['a:4'] }]));

  t.diagnostic('removed');
  await rm(at('b.yaml'));
  await rm(at('logs/one.log'));
  await becomes(['a:4', 'third']);
});
