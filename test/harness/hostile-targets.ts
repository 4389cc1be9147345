import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

/** What a target does to who asks it, once a request has come. */
export type Hostility = (socket: Socket) => void;

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n';

/** A body of zeros that unpacks to more than any profile may have. */
const bomb = gzipSync(Buffer.alloc(160 * 1024 * 1024), { level: 1 });

/** Ways to be a bad target, by name. */
export const hostilities: Readonly<Record<string, Hostility>> = {
  'endless body': (socket) => {
    socket.write(`${head}\r\n`);
    const piece = Buffer.alloc(256 * 1024, 0x0a);
    every(socket, 5, () => socket.writableLength < 1e7 && socket.write(piece));
  },
  'gzip bomb': (socket) =>
    socket.end(Buffer.concat([Buffer.from(`${head}Content-Length: ${bomb.length}\r\n\r\n`), bomb])),
  'one byte a second': (socket) => {
    socket.write(`${head}Content-Length: 1000\r\n\r\n`);
    every(socket, 1000, () => socket.write('x'));
  },
  'one byte of headers a second': (socket) => {
    socket.write(`${head}X-Slow: `);
    every(socket, 1000, () => socket.write('x'));
  },
  'large headers': (socket) => socket.end(`${head}X-Large: ${'x'.repeat(2 * 1024 * 1024)}\r\n\r\n`),
  silence: () => undefined,
  'reset before the answer': (socket) => socket.resetAndDestroy(),
  'reset in the headers': (socket) => socket.write(head, () => socket.resetAndDestroy()),
  'reset in the body': (socket) =>
    socket.write(`${head}Content-Length: 1000\r\n\r\nhalf`, () => socket.resetAndDestroy()),
  'end in the body': (socket) => socket.end(`${head}Content-Length: 1000\r\n\r\nhalf`),
  'no HTTP': (socket) => socket.end('220 smtp.example.org ESMTP\r\n'),
  'more than was promised': (socket) => socket.end(`${head}Content-Length: 2\r\n\r\n${'x'.repeat(1000)}`),
};

function every(socket: Socket, milliseconds: number, work: () => void): void {
  const timer = setInterval(work, milliseconds);
  socket.on('close', () => clearInterval(timer));
}

/** A target that listens. */
export interface HostileTarget extends AsyncDisposable {
  readonly address: string;
  /** When requests came, on `performance.now()`. */
  readonly asked: readonly number[];
}

/** Starts a target of this kind on a free port. */
export async function startHostile(hostility: Hostility): Promise<HostileTarget> {
  const sockets = new Set<Socket>();
  const asked: number[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.once('data', () => {
      asked.push(performance.now());
      hostility(socket);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
