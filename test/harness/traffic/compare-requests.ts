import type { RequestFacts } from './scenario.ts';

/** Headers that name the program, that only tracing adds, or that belong to the connection. */
const uncompared: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'traceparent',
  'transfer-encoding',
  'uber-trace-id',
  'user-agent',
  '(framing)',
]);

/** One line for all that is compared of a request. */
export function requestText(request: RequestFacts): string {
  const { on, method, path, query = '', proto, client_cert = '', headers, body = '' } = request;
  const compared = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !uncompared.has(name))
    .map(([name, value]) => `${name}=${headerText(name, value)}`);
  return [on, proto, client_cert, method, path, query, ...compared.sort(), sortedForm(body)].join(' ');
}

function headerText(name: string, value: string): string {
  if (name === 'x-alloy-id') return '<uuid>';
  if (name === 'connect-timeout-ms') return `${Math.ceil(Number(value.replace(/\D/g, '')) / 250) * 250}`;
  return value;
}

/** The order of parameters in a form means nothing. */
function sortedForm(body: string): string {
  return body.split('&').sort().join('&');
}
