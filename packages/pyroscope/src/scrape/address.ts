/** An address that can be scraped, or what is wrong with it. */
export type AddressResult = { readonly address: string } | { readonly problem: string };

const ports: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * The address of a target with its port; a missing one follows the scheme (http 80, https 443). Refused are
 * no address, one that is a URL or has a path, and schemes that pprof is not served over.
 */
export function completeAddress(address: string | undefined, scheme: string): AddressResult {
  if (!address) return { problem: 'no address: the label __address__ is missing or empty' };
  const port = ports[scheme];
  if (port === undefined)
    return { problem: `invalid scheme ${JSON.stringify(scheme)}: a target is scraped over http or https` };
  const complete = lacksPort(address) ? `${address}:${port}` : address;
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
