import { createSecureContext } from 'node:tls';
import type { Files, ListenOptions, ServerTls } from '@pewter/runtime';
import type { HttpArguments, ServerTlsArguments } from './arguments.ts';

type MinVersion = NonNullable<ServerTls['minVersion']>;

const versions: ReadonlyMap<string, MinVersion> = new Map([
  ['VersionTLS10', 'TLSv1'],
  ['VersionTLS11', 'TLSv1.1'],
  ['VersionTLS12', 'TLSv1.2'],
  ['VersionTLS13', 'TLSv1.3'],
]);

/** What of a `tls` block cannot be kept here; it is said rather than passed over, for it is about who gets in. */
export function tlsProblem(tls: ServerTlsArguments): string | undefined {
  const { client_auth_type: auth, min_version: version } = tls;
  if (isPlain(tls)) return undefined;
  if (tls.cipher_suites !== '') return 'tls: cipher_suites is not supported: leave it out';
  if (version !== '' && !versions.has(version))
    return `tls: min_version must be one of ${[...versions.keys()].join(', ')}`;
  const hasAuthority = tls.client_ca !== '' || tls.client_ca_file !== '';
  if (!['', 'NoClientCert', 'RequireAndVerifyClientCert'].includes(auth))
    return `tls: client_auth_type ${JSON.stringify(auth)} is not supported: use NoClientCert or RequireAndVerifyClientCert`;
  if (auth === 'RequireAndVerifyClientCert' && !hasAuthority)
    return 'tls: client_auth_type wants client_ca or client_ca_file';
  return undefined;
}

/** Without a certificate and its key such a block asks for no TLS, as in the reference. */
export function isPlain({ cert_pem, cert_file, key_pem, key_file }: ServerTlsArguments): boolean {
  const certificate = cert_pem !== '' || cert_file !== '';
  const key = key_file !== '' || (key_pem?.reveal() ?? '') !== '';
  return !certificate || !key;
}

/** Rejects where a server cannot speak TLS with what the files hold. */
export async function checkTlsFiles({ tls }: HttpArguments, files: Files): Promise<void> {
  if (tls === undefined || isPlain(tls)) return;
  const { cert, key, clientCa } = await serverTls(tls, files);
  const bytes = (text: string | Uint8Array) => Buffer.from(text);
  createSecureContext({
    cert: bytes(cert),
    key: bytes(key),
    ...(clientCa !== undefined && { ca: bytes(clientCa) }),
  });
}

/** The options of the server. Rejects with an error that names the file which cannot be read. */
export async function listenOptions(http: HttpArguments, files: Files): Promise<ListenOptions> {
  return {
    host: http.listen_address,
    port: http.listen_port,
    maxConnections: http.conn_limit,
    readTimeoutMs: http.server_read_timeout,
    idleTimeoutMs: http.server_idle_timeout,
    ...(http.tls && !isPlain(http.tls) && { tls: await serverTls(http.tls, files) }),
  };
}

async function serverTls(tls: ServerTlsArguments, files: Files): Promise<ServerTls> {
  const read = (pem: string, path: string) => (path === '' ? Promise.resolve(pem) : files.read(path));
  const minVersion = versions.get(tls.min_version);
  return {
    cert: await read(tls.cert_pem, tls.cert_file),
    key: await read(tls.key_pem?.reveal() ?? '', tls.key_file),
    ...(tls.client_auth_type === 'RequireAndVerifyClientCert' && {
      clientCa: await read(tls.client_ca, tls.client_ca_file),
    }),
    ...(minVersion !== undefined && { minVersion }),
  };
}
