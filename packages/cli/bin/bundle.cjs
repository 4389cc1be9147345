'use strict';
// Whether the bundle (`npm run build`, and what is published) may run in the place of the sources.

const fs = require('node:fs');
const path = require('node:path');

const cli = path.resolve(__dirname, '..');
const dist = path.join(cli, 'dist');

/** True where there are sources beside the bundle: in a checkout, and not in what is installed from a registry. */
const inCheckout = fs.existsSync(path.join(cli, 'src', 'main.ts'));

/**
 * The main file of the bundle. Undefined where there is none, and in a checkout also where any source has another size
 * or time than when it was built: nobody shall run yesterday's program unawares.
 */
function bundleMain() {
  const main = path.join(dist, 'main.js');
  if (!fs.existsSync(main)) return undefined;
  return !inCheckout || isCurrent() ? main : undefined;
}

function isCurrent() {
  try {
    const inputs = JSON.parse(fs.readFileSync(path.join(dist, 'inputs.json'), 'utf8'));
    const root = path.resolve(cli, '../..');
    return inputs.every(([name, size, modified]) => {
      const found = fs.statSync(path.join(root, name), { throwIfNoEntry: false });
      return found !== undefined && found.size === size && found.mtimeMs === modified;
    });
  } catch {
    return false;
  }
}

module.exports = { bundleMain, inCheckout };
