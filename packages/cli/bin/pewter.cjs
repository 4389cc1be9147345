#!/usr/bin/env node
'use strict';
// The command line: `npx pewter …`, installed or from the root of a checkout, `npm start`. Runs in this very process
// where this Node can run it; in a checkout the pinned Node takes over from one that can not.

const module_ = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { bundleMain, inCheckout } = require('./bundle.cjs');

/** The oldest Node that runs the bundle: `require` of modules and node:sqlite without a flag. */
const oldestForBundle = [22, 13];
/** The sources are TypeScript and written for the pinned Node. */
const oldestForSources = [26, 0];

const bundle = bundleMain();
if (inCheckout) runCheckout();
else if (isAtLeast(oldestForBundle)) runHere(bundle);
else refuse();

function runCheckout() {
  const cache = path.resolve(__dirname, '../../../node_modules/.cache/pewter');
  if (bundle !== undefined && isAtLeast(oldestForBundle)) {
    runHere(bundle, cache);
    return;
  }
  const { ensureInstalled } = require('./setup.cjs');
  const node = ensureInstalled();
  const main = bundle ?? path.resolve(__dirname, '../src/main.ts');
  if (isAtLeast(oldestForSources)) {
    runHere(main, cache);
    return;
  }
  const { handOver } = require('./handover.cjs');
  handOver(node, [main, ...process.argv.slice(2)], { env: { NODE_COMPILE_CACHE: cache, ...process.env } });
}

function runHere(main, cache) {
  if (cache !== undefined && process.env.NODE_COMPILE_CACHE === undefined) module_.enableCompileCache(cache);
  import(pathToFileURL(main).href);
}

function isAtLeast([major, minor]) {
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function refuse() {
  const wanted = oldestForBundle.join('.');
  process.stderr.write(
    `pewter needs Node ${wanted} or newer, and this is ${process.versions.node}. Install one from https://nodejs.org/ and start again.\n`,
  );
  process.exitCode = 2;
}
