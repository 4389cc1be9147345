/** An address that can be scraped, or what is wrong with it. */
export type AddressResult = { readonly address: string } | { readonly problem: string };

const ports: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** What is wrong with a scheme that pprof is not served over; undefined for http and https. */
export function schemeProblem(scheme: string): string | undefined {
  if (Object.hasOwn(ports, scheme)) return undefined;
  return `invalid scheme ${JSON.stringify(scheme)}: a target is scraped over http or https`;
}

/**
 * The address of a target with its port; a missing one follows the scheme (http 80, https 443). Refused are
 * no address, one that is a URL or has a path, and a missing port where the scheme has none.
 */
export function completeAddress(address: string | undefined, scheme: string): AddressResult {
  if (!address) return { problem: 'no address: the label __address__ is missing or empty' };
  const lacking = lacksPort(address);
  const problem = lacking ? schemeProblem(scheme) : undefined;
  if (problem !== undefined) return { problem };
  const complete = lacking ? `${address}:${ports[scheme]}` : address;
  return isAddress(complete)
    ? { address: complete }
    : {
        problem: `${JSON.stringify(address)} is not a valid address: give <host>:<port>, without scheme or path`,
      };
}

/** A host, or an IPv6 address in brackets, with nothing after it. */
function lacksPort(address: string): boolean {
  return /^([^[\]:]+|\[[^[\]]*\])$/.test(address);
}

function isAddress(address: string): boolean {
  return /^([^[\]:/?#@\s]*|\[[0-9A-Fa-f:.%\w]+\]):\d{1,5}$/.test(address);
}
