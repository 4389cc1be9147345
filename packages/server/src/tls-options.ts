import type { ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { HttpTls } from './http-block.ts';
import { type ClientAuth, cipherSuites, curves, suitesOfTls13, tlsVersions } from './tls-words.ts';

/** Reads a file at once; throws Node's error. */
export type ReadFile = (path: string) => Uint8Array;

/**
 * The options of Node's server that a `tls` block stands for. Throws Node's error where a file cannot be read, and one
 * of its own for the certificate store of Windows.
 */
export function tlsOptions(tls: HttpTls, read: ReadFile): ServerOptions {
  if (tls.windows_certificate_filter !== undefined)
    throw new Error('the certificate store of Windows cannot be read here; give `cert_file` and `key_file`');
  const content = (pem: string, file: string) => (file === '' ? pem : Buffer.from(read(file)));
  const { client_auth_type: auth, min_version: min, max_version: max } = tls;
  const ca = content(tls.client_ca_pem, tls.client_ca_file);
  const [minVersion, maxVersion] = [tlsVersions[min], tlsVersions[max]];
  return {
    cert: content(tls.cert_pem, tls.cert_file),
    key: content(tls.key_pem?.reveal() ?? '', tls.key_file),
    requestCert: auth !== 'NoClientCert',
    rejectUnauthorized: auth === 'RequireAndVerifyClientCert',
    ...(ca.length > 0 && { ca }),
    ...(minVersion !== undefined && { minVersion }),
    ...(maxVersion !== undefined && { maxVersion }),
    ...(tls.cipher_suites.length > 0 && { ciphers: ciphersOf(tls.cipher_suites) }),
    ...(tls.curve_preferences.length > 0 && {
      ecdhCurve: tls.curve_preferences.map((one) => curves[one]).join(':'),
    }),
  };
}

function ciphersOf(names: readonly string[]): string {
  const chosen = names.map((name) => cipherSuites[name] ?? name);
  return [...new Set([...suitesOfTls13, ...chosen])].join(':');
}

/** Whether a client whose handshake is done may go on. What Node can refuse in the handshake itself, it has. */
export function mayStay(auth: string, socket: Pick<TLSSocket, 'authorized' | 'getPeerCertificate'>): boolean {
  const hasCertificate = Object.keys(socket.getPeerCertificate() ?? {}).length > 0;
  const rules: Readonly<Record<ClientAuth, boolean>> = {
    NoClientCert: true,
    RequestClientCert: true,
    RequireAnyClientCert: hasCertificate,
    VerifyClientCertIfGiven: !hasCertificate || socket.authorized,
    RequireAndVerifyClientCert: socket.authorized,
  };
  return rules[auth as ClientAuth] ?? false;
}
