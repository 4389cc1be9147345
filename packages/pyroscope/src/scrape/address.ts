/** An address with its port, and what is wrong with it; where nothing can be made of it, only that. */
export type AddressResult =
  | { readonly address: string; readonly problem?: string | undefined }
  | { readonly address?: undefined; readonly problem: string };

const ports: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** What is wrong with a scheme that pprof is not served over; undefined for http and https. */
export function schemeProblem(scheme: string): string | undefined {
  if (Object.hasOwn(ports, scheme)) return undefined;
  return `invalid scheme ${JSON.stringify(scheme)}: a target is scraped over http or https`;
}

/**
 * The address of a target with its port; a missing one follows the scheme (http 80, https 443). Nothing is made of no
 * address, of one that is a URL or has a path, and of a missing port where the scheme has none.
 */
export function completeAddress(address: string | undefined, scheme: string): AddressResult {
  if (!address) return { problem: 'no address: the label __address__ is missing or empty' };
  const lacking = lacksPort(address);
  const port = ports[scheme === '' ? 'http' : scheme];
  const problem = lacking && port === undefined ? schemeProblem(scheme) : undefined;
  if (problem !== undefined) return { problem };
  const wrong = `${JSON.stringify(shownAddress(address))} is not a valid address: give <host>:<port>, without scheme or path`;
  if (address.includes('/')) return { problem: wrong };
  const complete = lacking ? `${address}:${port}` : address;
  return { address: complete, problem: isAddress(complete) ? undefined : wrong };
}

/** An address as messages and debug information show it: without the user and password that it should not have. */
export function shownAddress(address: string): string {
  return address.replace(/[^/]*@/, 'xxxxx@');
}

/** A host, or an IPv6 address in brackets, with nothing after it. */
function lacksPort(address: string): boolean {
  return /^([^[\]:]+|\[[^[\]]*\])$/.test(address);
}

function isAddress(address: string): boolean {
  return /^([^[\]:/?#@\s]*|\[[0-9A-Fa-f:.%\w]+\]):\d{0,5}$/.test(address);
}
