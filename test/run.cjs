'use strict';
// The project's own tasks, started by `npm test` and `npm run …`: sets up the checkout first, then runs each step of
// the task with the pinned Node and ends at the first that fails.

const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { ensureInstalled, root } = require('../packages/cli/bin/setup.cjs');

/** As many test files side by side as there are processors; by itself the runner leaves one out. */
const sideBySide = `--test-concurrency=${os.availableParallelism()}`;

const bin = (name) => path.join(root, 'node_modules', '.bin', name);

const steps = {
  build: ['node', 'packages/cli/scripts/build.ts'],
  test: [
    'node',
    '--test',
    sideBySide,
    'packages/*/src/**/*.test.ts',
    'test/*.test.ts',
    'test/faults/kill.test.ts',
  ],
  'test:faults': ['node', '--test', '--test-concurrency=1', 'test/faults/*.test.ts'],
  'test:go': ['node', '--test', 'test/go/*.test.ts'],
  lint: ['biome', 'check', '--error-on-warnings', '.'],
  fix: ['biome', 'check', '--write', '.'],
  types: ['tsc', '-p', 'tsconfig.json'],
  // What runs in a browser has other globals.
  'types:page': ['tsc', '-p', 'packages/sink/page/tsconfig.json'],
  unused: ['node', 'node_modules/knip/bin/knip.js'],
};

const tasks = {
  ...Object.fromEntries(Object.keys(steps).map((name) => [name, [name]])),
  types: ['types', 'types:page'],
  check: ['lint', 'types', 'types:page', 'unused'],
};

const [task = 'test', ...args] = process.argv.slice(2);
if (!Object.hasOwn(tasks, task)) {
  process.stderr.write(`test/run.cjs: no task ${task}; there are ${Object.keys(tasks).join(', ')}\n`);
  process.exit(2);
}

const node = ensureInstalled();
for (const step of tasks[task]) runStep(step);

function runStep(step) {
  const [program, ...fixed] = steps[step];
  // A file named on the command line replaces the patterns: `npm test -- test/demo.test.ts`.
  const named = args.some((arg) => fs.existsSync(path.join(root, arg)));
  const own = named ? fixed.filter((arg) => !arg.endsWith('.test.ts')) : fixed;
  const { status, signal } = spawnSync(program === 'node' ? node : bin(program), [...own, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` },
  });
  if (status !== 0) {
    process.stderr.write(`test/run.cjs: ${step} ended with ${signal ?? `status ${status}`}\n`);
    process.exit(status ?? 1);
  }
}
