import { readFileSync } from 'node:fs';
import { referencePath } from './reference.ts';

/** Ports that the reference was recorded with: service discovery and targets, push endpoint, its own. */
export const recordedPorts = { discovery: 6070, sink: 6071, self: 12_399 };

/** An answer of the API as the reference gave it. */
export function recordedJson<T = unknown>(name: string): T {
  return JSON.parse(readFileSync(referencePath(`api/${name}.json`), 'utf8'));
}

/** The status line, headers and body of a plain answer. */
export function recordedAnswer(name: string): { status: number; type: string; body: string } {
  const text = readFileSync(referencePath(`api/${name}.txt`), 'utf8');
  const [head = '', body = ''] = text.split(/\r?\n\r?\n/);
  const type = /^content-type: (.*?)\r?$/im.exec(head)?.[1] ?? '';
  return { status: Number(head.split(' ')[1]), type, body: body.trim() };
}

interface Statement {
  readonly name: string;
  readonly body?: readonly Statement[];
}

interface Component {
  readonly debugInfo: readonly Statement[];
}

/**
 * Where pewter differs on purpose: defaults that the reference shows in some components are not shown, and what is
 * not its default is; it sends its own id and does not show it as an argument; there is no live debugging.
 */
const differing: ReadonlySet<string> = new Set([
  'enable_http2',
  'follow_redirects',
  'regex',
  'headers',
  'path',
  'enabled',
]);

/** A component as it is compared: without what differs on purpose, and without debug information that `other` lacks. */
export function common<T extends Component>(component: T, other: Component): T {
  const { liveDebuggingEnabled: _, ...rest } = component as T & { liveDebuggingEnabled?: boolean };
  const known = new Set(namesIn(other.debugInfo));
  return {
    ...(withoutNames(rest, (name) => differing.has(name)) as object),
    debugInfo: withoutNames(component.debugInfo, (name) => !known.has(name)),
  } as T;
}

function namesIn(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ name, body = [] }) => [name, ...namesIn(body)]);
}

function withoutNames(json: unknown, drop: (name: string) => boolean): unknown {
  if (Array.isArray(json)) {
    return json.filter((one) => !(isStatement(one) && drop(one.name))).map((one) => withoutNames(one, drop));
  }
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, withoutNames(value, drop)]));
}

function isStatement(json: unknown): json is Statement {
  return typeof json === 'object' && json !== null && 'type' in json && 'name' in json;
}

/**
 * An answer without what differs from one run to the next: times become `TIME` and durations `DURATION`, where they
 * are well formed. Lists that stand for sets, and the fields of objects, are in one order.
 */
export function comparable(json: unknown, ports: Readonly<Record<number, number>> = {}): unknown {
  if (Array.isArray(json)) return json.map((one) => comparable(one, ports)).toSorted(byText);
  if (typeof json === 'object' && json !== null)
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, comparable(value, ports)]));
  return typeof json === 'string' ? comparableText(json, ports) : json;
}

function comparableText(text: string, ports: Readonly<Record<number, number>>): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text)) return 'TIME';
  if (/^(0s|\d+(\.\d+)?(ns|µs|ms)|\d+\.\d+s)$/.test(text)) return 'DURATION';
  return text.replace(/(?<=127\.0\.0\.1:)\d+/g, (port) => String(ports[Number(port)] ?? port));
}

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A family of metrics: its type, and the names of the labels of each of its samples. */
export type Families = ReadonlyMap<string, { readonly type: string; readonly labels: ReadonlySet<string> }>;

/** The families in a text of Prometheus, without the parts of histograms and summaries. */
export function familiesOf(text: string): Families {
  const found = new Map<string, { type: string; labels: Set<string> }>();
  for (const line of text.split('\n')) {
    const [, declared, type = ''] = /^# TYPE (\S+) (\S+)/.exec(line) ?? [];
    if (declared !== undefined) found.set(declared, { type, labels: new Set() });
    const [, sample = '', labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? [];
    const family = found.get(sample) ?? found.get(sample.replace(/_(bucket|sum|count)$/, ''));
    const names = [...labels.matchAll(/(\w+)="/g)].map(([, name]) => name ?? '');
    if (sample !== '') family?.labels.add(names.toSorted().join());
  }
  return found;
}
