import type { TlsArguments } from '@pewter/http-client';

/** A `tls_config` that says nothing. */
export const emptyTls: TlsArguments = {
  ca_pem: '',
  ca_file: '',
  cert_pem: '',
  cert_file: '',
  key_pem: undefined,
  key_file: '',
  server_name: '',
  insecure_skip_verify: false,
  min_version: undefined,
};
