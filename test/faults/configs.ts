import type { Config } from './subject.ts';

const receive = (port: number) => `pyroscope.receive_http "in" {
	http {
		listen_address = "127.0.0.1"
		listen_port    = ${port}
	}
	forward_to = [pyroscope.write.out.receiver]
}
`;

/** What every endpoint of the fault tests has: it tries again soon. */
export const soon =
  'min_backoff_period = "20ms"\n\t\tmax_backoff_period = "300ms"\n\t\tremote_timeout = "1s"';

/** receive_http into one write with these endpoints, each given as the inside of its block. */
export function pipeline(...endpoints: readonly string[]): Config {
  const blocks = endpoints.map((endpoint) => `\tendpoint {\n\t\t${endpoint}\n\t\t${soon}\n\t}\n`);
  return (port) => `${receive(port)}\npyroscope.write "out" {\n${blocks.join('')}}\n`;
}

/** An endpoint with a durable queue; `inside` goes into the queue block. */
export function durable(url: string, inside = '', name = 'main'): string {
  return `url  = "${url}"\n\t\tname = "${name}"\n\t\tqueue {\n\t\t\t${inside}\n\t\t}`;
}

/** An endpoint without. */
export function plain(url: string): string {
  return `url = "${url}"`;
}
