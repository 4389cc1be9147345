import * as tls from 'node:tls';

let trusted = false;

/**
 * From now on the authorities that the machine trusts count wherever none are given, beside those of Node: a
 * certificate of a company's own authority is good here as it is for programs in Go. Reading them takes some
 * 50 ms, so it is put off until the first connection that needs them. An older Node goes without.
 */
export function trustSystem(): void {
  if (trusted) return;
  trusted = true;
  if (typeof tls.setDefaultCACertificates !== 'function') return;
  const all = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  tls.setDefaultCACertificates([...new Set(all)]);
}
