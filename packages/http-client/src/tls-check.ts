import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Files } from '@pewter/runtime';
import { HttpClientError } from './http-client-error.ts';
import type { TlsArguments } from './tls-schema.ts';

/**
 * Throws {@link HttpClientError} where a file of a `tls_config` cannot be read, or what is given is no certificate and
 * key: like this the arguments are refused when a component is built, as the reference does, and not at each request.
 */
export function checkTls(tls: TlsArguments | undefined, files: Pick<Files, 'readNow'>): void {
  if (tls === undefined) return;
  const text = (pem: string, path: string) => (path === '' ? pem : readTextNow(path, files));
  const ca = text(tls.ca_pem, tls.ca_file);
  const cert = text(tls.cert_pem, tls.cert_file);
  const key = text(tls.key_pem?.reveal() ?? '', tls.key_file);
  if (ca !== '') certificate(ca, named('ca', tls.ca_file));
  if (cert === '' || key === '') return;
  const own = certificate(cert, named('cert', tls.cert_file));
  if (own.checkPrivateKey(privateKey(key, named('key', tls.key_file)))) return;
  throw new HttpClientError('tls', 'the key of `tls_config` does not belong to its certificate');
}

function named(part: string, path: string): string {
  return path === '' ? `\`${part}_pem\`` : `\`${path}\``;
}

function readTextNow(path: string, files: Pick<Files, 'readNow'>): string {
  try {
    return Buffer.from(files.readNow(path)).toString('utf8');
  } catch (cause) {
    throw new HttpClientError('file', `can not read \`${path}\`: ${(cause as Error).message}`, { cause });
  }
}

function certificate(pem: string, name: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new HttpClientError('tls', `${name} holds no certificate in PEM form`, { cause });
  }
}

/** OpenSSL's message may show a part of what it read; it stays away. */
function privateKey(pem: string, name: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new HttpClientError('tls', `${name} holds no private key in PEM form`);
  }
}
