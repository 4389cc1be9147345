#!/usr/bin/env node
'use strict';
// The command line in a checkout: `npx pewter …` from its root, `npm start`.

const path = require('node:path');
const { handOver } = require('./handover.cjs');
const { ensureInstalled, root } = require('./setup.cjs');

const node = ensureInstalled();
const main = path.join(root, 'packages', 'cli', 'src', 'main.ts');
handOver(node, [main, ...process.argv.slice(2)], {
  env: { NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'pewter'), ...process.env },
});
