import { Agent, buildConnector, type Dispatcher, Pool } from 'undici';
import { PlainPool } from './plain-pool.ts';

/**
 * The connections of this machine, over IPv4 and IPv6. Those without TLS are pooled in little memory: undici's agent
 * takes any dispatcher as the pool of an origin, and forgets one that says `disconnect` without telling it of work.
 */
export function realDispatcher(given: Agent.Options): Dispatcher {
  const options = { autoSelectFamily: true, ...given };
  const plain = {
    ...options,
    connect: plainConnector(options),
    connections: options.connections ?? Number.POSITIVE_INFINITY,
    allowH2: false,
  };
  return new Agent({
    ...options,
    factory: (origin, ofOrigin) =>
      isPlain(origin) ? new PlainPool(origin, plain) : new Pool(origin, ofOrigin),
  });
}

/** One for all origins, where undici makes one for each. */
function plainConnector({ connect, autoSelectFamily, socketPath }: Agent.Options): buildConnector.connector {
  if (typeof connect === 'function') return connect;
  const family = autoSelectFamily === undefined ? {} : { autoSelectFamily };
  return buildConnector({ ...family, ...(socketPath !== undefined && { socketPath }), ...connect });
}

function isPlain(origin: string | URL): boolean {
  return String(origin).startsWith('http:');
}
