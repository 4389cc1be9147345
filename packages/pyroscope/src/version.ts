import manifest from '../package.json' with { type: 'json' };

/** The version of this package, as profiles and requests name it. */
export const version: string = manifest.version;

/** The User-Agent of every request that scrape and write send. */
export const userAgent = `pewter/${version}`;
