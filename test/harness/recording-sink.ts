import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { fromBinary } from '@bufbuild/protobuf';
import { PushRequestSchema } from '@pewter/pyroscope/protocol';
import { Journal } from './journal.ts';
import { closeServer, listen } from './recording-target.ts';

/** One profile that was pushed. */
export interface PushedProfile {
  readonly labels: Readonly<Record<string, string>>;
  /** The profile, byte for byte as it came. */
  readonly bytes: Uint8Array;
  readonly at: number;
}

/** A push endpoint that keeps what it gets. */
export interface RecordingSink extends AsyncDisposable {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  readonly profiles: Journal<PushedProfile>;
  /** The HTTP status of the next answers; 200 to begin with. */
  answer(status: number): void;
  close(): Promise<void>;
}

/** Starts one; it speaks the unary Connect protocol of `push.v1.PusherService/Push`. */
export async function startSink(port = 0): Promise<RecordingSink> {
  const profiles = new Journal<PushedProfile>();
  let status = 200;
  const server = createServer(async (request, response) => {
    const body = await readAll(request);
    if (status !== 200)
      return void response.writeHead(status, { 'content-type': 'text/plain' }).end('refused');
    keep(profiles, request.url ?? '', body);
    return accepted(response);
  });
  const bound = await listen(server, port);
  const close = () => closeServer(server);
  return {
    address: `127.0.0.1:${bound}`,
    profiles,
    answer: (next) => {
      status = next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readAll(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function keep(profiles: Journal<PushedProfile>, url: string, body: Uint8Array): void {
  if (url !== '/push.v1.PusherService/Push') return;
  for (const series of fromBinary(PushRequestSchema, body).series) {
    const labels = Object.fromEntries(series.labels.map(({ name, value }) => [name, value]));
    for (const { rawProfile } of series.samples) {
      profiles.add({ labels, bytes: rawProfile, at: performance.now() });
    }
  }
}

function accepted(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/proto' }).end();
}
