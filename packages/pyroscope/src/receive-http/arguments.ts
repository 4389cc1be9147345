import {
  block,
  body,
  bool,
  capsule,
  defaultedBlock,
  duration,
  type Infer,
  int,
  list,
  optional,
  type Rule,
  required,
  secret,
  string,
  type Typed,
  withDefault,
} from '@pewter/language';
import type { PyroscopeCode } from '../codes.ts';
import { profilesReceiverKind } from '../profiles-receiver.ts';

// Numbers of arguments that are taken and not used; ours are wide enough to hold them.
const uint32: Typed<number> = { type: 'uint32' };
const int32: Typed<number> = { type: 'int32' };
const uint: Typed<number> = { type: 'uint' };

/** The longest time that a duration can be, as the reference writes it. */
const forever = '2562047h47m16.854775807s';

const portRule: Rule = {
  reads: ['listen_port'],
  check({ listen_port: port }) {
    if (typeof port !== 'number' || (port >= 0 && port <= 65_535)) return undefined;
    const code: PyroscopeCode = 'E0517';
    const message = `${port} is not a port`;
    return { code, field: 'listen_port', message, hint: 'a number from 1 to 65535; leave it out for 8080' };
  },
};

const tls = body({
  cert_pem: withDefault(string, ''),
  key_pem: optional(secret),
  cert_file: withDefault(string, ''),
  key_file: withDefault(string, ''),
  client_auth_type: withDefault(string, ''),
  client_ca_file: withDefault(string, ''),
  client_ca: withDefault(string, ''),
  cipher_suites: withDefault(string, ''),
  min_version: withDefault(string, ''),
});

const http2 = body({
  enabled: withDefault(bool, false),
  max_handlers: withDefault(int, 0),
  max_concurrent_streams: withDefault(uint32, 100),
  max_decoder_header_table_size: withDefault(uint32, 4096),
  max_encoder_header_table_size: withDefault(uint32, 4096),
  max_read_frame_size: optional(uint32),
  permit_prohibited_ciphers: withDefault(bool, false),
  idle_timeout: withDefault(duration, '0s'),
  read_idle_timeout: withDefault(duration, '0s'),
  ping_timeout: withDefault(duration, '15s'),
  write_byte_timeout: withDefault(duration, '0s'),
  max_upload_buffer_per_connection: optional(int32),
  max_upload_buffer_per_stream: optional(int32),
});

const http = body(
  {
    listen_address: withDefault(string, ''),
    listen_port: withDefault(int, 8080),
    conn_limit: withDefault(int, 16_384),
    server_read_timeout: withDefault(duration, '30s'),
    server_write_timeout: withDefault(duration, '30s'),
    server_idle_timeout: withDefault(duration, '2m0s'),
    tls: block(tls),
    http2: block(http2),
  },
  [portRule],
);

const grpc = body({
  listen_address: withDefault(string, ''),
  listen_port: withDefault(int, 0),
  conn_limit: withDefault(int, 0),
  max_connection_age: withDefault(duration, forever),
  max_connection_age_grace: withDefault(duration, forever),
  max_connection_idle: withDefault(duration, forever),
  server_max_recv_msg_size: withDefault(int, 4_194_304),
  server_max_send_msg_size: withDefault(int, 4_194_304),
  server_max_concurrent_streams: withDefault(uint, 100),
  tls: block(tls),
});

/** The arguments of pyroscope.receive_http with the reference's defaults. */
export const receiveHttpArguments = body({
  http: defaultedBlock(http),
  grpc: block(grpc),
  graceful_shutdown_timeout: withDefault(duration, '30s'),
  forward_to: required(list(capsule(profilesReceiverKind))),
  debug_info_upload_timeout: withDefault(duration, '2m0s'),
});

/** The decoded arguments; durations in milliseconds. */
export type ReceiveHttpArguments = Infer<typeof receiveHttpArguments>;
/** The decoded `http` block. */
export type HttpArguments = ReceiveHttpArguments['http'];
/** A decoded `tls` block. */
export type ServerTlsArguments = Infer<typeof tls>;
