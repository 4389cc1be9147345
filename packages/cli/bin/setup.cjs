'use strict';
// Plain JavaScript for the Node that the host happens to have (20 or newer): brings a fresh checkout to the point
// where the pinned Node and all packages are there, once for each state of the lockfile.

const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../../..');
const stamp = path.join(root, 'node_modules', '.pewter-setup');
const pinnedNode = path.join(root, 'node_modules', 'node', 'bin', 'node');
const decisive = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'];
const installer = 'pnpm@12.21.0';

/** Installs what the lockfile names unless that has been done; returns the path of the pinned Node. */
function ensureInstalled() {
  const wanted = fingerprint();
  if (readStamp() === wanted && fs.existsSync(pinnedNode)) return pinnedNode;
  install();
  fs.writeFileSync(stamp, wanted);
  return pinnedNode;
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const name of decisive) hash.update(fs.readFileSync(path.join(root, name)));
  return hash.digest('hex');
}

function readStamp() {
  try {
    return fs.readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

function install() {
  process.stderr.write('pewter: first run in this checkout, installing packages (needs the npm registry)\n');
  // What the installer says is only of use where it fails, and never on stdout, which belongs to the command after it.
  const { status, error, stdout, stderr } = spawnSync(
    'npx',
    ['--yes', installer, 'install', '--frozen-lockfile'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: Number.POSITIVE_INFINITY,
      shell: process.platform === 'win32',
    },
  );
  if (status === 0) return;
  for (const said of [stdout, stderr]) if (said?.length > 0) process.stderr.write(said);
  const reason = error ? error.message : `npx ${installer} install ended with status ${status}`;
  process.stderr.write(
    `pewter: packages could not be installed: ${reason}. Check the network and start again.\n`,
  );
  process.exit(1);
}

module.exports = { ensureInstalled, root };
