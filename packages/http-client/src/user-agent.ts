import manifest from '../package.json' with { type: 'json' };

/** The User-Agent of every request that a component sends: `pewter/VERSION`. */
export const userAgent = `pewter/${manifest.version}`;
