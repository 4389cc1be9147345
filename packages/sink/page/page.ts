// What runs in the browser. All that clients of the sink send (labels, names of functions) is put in as text, never as markup.
import flamegraph from 'd3-flame-graph';
import { select } from 'd3-selection';
import { amountText, countText, timeText } from './words.ts';

interface Series {
  readonly id: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly types: readonly string[];
  readonly profiles: number;
  readonly last: number;
}

interface ListedProfile {
  readonly id: number;
  readonly time: number;
  readonly samples: number;
}

interface Node {
  readonly name: string;
  readonly value: number;
  readonly children: readonly Node[];
}

interface Flame {
  readonly profiles: number;
  readonly tree: Node;
}

/** How often the list is asked for again, milliseconds. */
const refreshMs = 3_000;
/** Ranges to merge, by what stands in the list of profiles. */
const ranges: readonly (readonly [value: string, text: string, milliseconds: number])[] = [
  ['all', 'all, merged', Number.POSITIVE_INFINITY],
  ['15m', 'of the last 15 minutes, merged', 15 * 60_000],
  ['1m', 'of the last minute, merged', 60_000],
];

function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

const filter = element('filter', HTMLInputElement);
const status = element('status', HTMLOutputElement);
const table = element('series', HTMLTableElement);
const empty = element('empty', HTMLParagraphElement);
const detail = element('detail', HTMLElement);
const labels = element('labels', HTMLParagraphElement);
const types = element('type', HTMLSelectElement);
const profiles = element('profile', HTMLSelectElement);
const find = element('find', HTMLInputElement);
const raw = element('raw', HTMLAnchorElement);
const facts = element('facts', HTMLParagraphElement);
const graph = element('graph', HTMLDivElement);
const frame = element('frame', HTMLParagraphElement);

let all: readonly Series[] = [];
let chosen: number | undefined;
let chart: ReturnType<typeof flamegraph> | undefined;

async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

/** Does something, and says what went wrong. */
function attempt(work: () => Promise<void>): void {
  work().catch((error: unknown) => {
    status.value = error instanceof Error ? error.message : String(error);
  });
}

function cell(text: string): HTMLTableCellElement {
  const made = document.createElement('td');
  made.textContent = text;
  return made;
}

function row(series: Series): HTMLTableRowElement {
  const { __name__: kind = '', service_name: service = '', ...rest } = series.labels;
  const made = document.createElement('tr');
  made.dataset.id = String(series.id);
  made.tabIndex = 0;
  made.ariaSelected = String(series.id === chosen);
  made.title = Object.entries(rest)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
  made.append(cell(service), cell(kind), cell(String(series.profiles)), cell(timeText(series.last)));
  made.addEventListener('click', () => attempt(() => choose(series)));
  made.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') attempt(() => choose(series));
  });
  return made;
}

function showList(): void {
  const wanted = filter.value.toLowerCase();
  const shown = all.filter(({ labels: own }) =>
    Object.entries(own).some(([name, value]) => `${name}=${value}`.toLowerCase().includes(wanted)),
  );
  table.tBodies[0]?.replaceChildren(...shown.map(row));
  empty.hidden = all.length > 0;
  status.value = `${shown.length} of ${all.length} series`;
}

async function refresh(): Promise<void> {
  const next = await ask<Series[]>('/api/series');
  // A list that did not change stays, with what has the focus in it.
  if (JSON.stringify(next) === JSON.stringify(all) && all.length > 0) return;
  all = next;
  showList();
  if (chosen === undefined && all[0]) await choose(all[0]);
}

function options(select: HTMLSelectElement, entries: readonly (readonly [string, string])[]): void {
  const before = select.value;
  select.replaceChildren(
    ...entries.map(([value, text]) => {
      const option = document.createElement('option');
      option.value = value;
      option.textContent = text;
      return option;
    }),
  );
  if (entries.some(([value]) => value === before)) select.value = before;
}

async function choose(series: Series): Promise<void> {
  chosen = series.id;
  for (const one of table.tBodies[0]?.rows ?? [])
    one.ariaSelected = String(one.dataset.id === String(chosen));
  detail.hidden = false;
  labels.replaceChildren(
    ...Object.entries(series.labels).map(([name, value]) => {
      const made = document.createElement('span');
      made.textContent = `${name}=${value}`;
      return made;
    }),
  );
  options(
    types,
    series.types.map((type) => [type, type]),
  );
  if (!types.value) types.selectedIndex = series.types.length - 1;
  const listed = await ask<ListedProfile[]>(`/api/profiles?series=${series.id}`);
  options(profiles, [
    ...ranges.map(([value, text]) => [value, text] as const),
    ...listed.map(
      ({ id, time, samples }) => [`id${id}`, `${timeText(time)}, ${countText(samples, 'sample')}`] as const,
    ),
  ]);
  await show();
}

function flamePath(): string {
  const query = new URLSearchParams({ type: types.value });
  const range = ranges.find(([value]) => value === profiles.value);
  if (range === undefined) query.set('profile', profiles.value.slice(2));
  else query.set('series', String(chosen));
  if (range && Number.isFinite(range[2])) query.set('from', String(Date.now() - range[2]));
  return `/api/flame?${query}`;
}

async function show(): Promise<void> {
  const { profiles: count, tree } = await ask<Flame>(flamePath());
  const type = types.value;
  facts.textContent = `${countText(count, 'profile')}, ${amountText(tree.value, type)} in all`;
  raw.hidden = !profiles.value.startsWith('id');
  raw.href = `/api/raw?profile=${profiles.value.slice(2)}`;
  frame.textContent = '';
  graph.replaceChildren();
  const describe = (name: string, value: number) =>
    `${name}: ${amountText(value, type)}, ${((value / (tree.value || 1)) * 100).toFixed(1)} %`;
  chart = flamegraph()
    .width(Math.max(300, graph.clientWidth))
    .cellHeight(20)
    .transitionDuration(200)
    .inverted(true)
    .minFrameSize(1)
    .setSearchMatch((node, term) => node.data.name.toLowerCase().includes(term.toLowerCase()))
    .label((node) => describe(node.data.name, node.value ?? 0))
    .onHover((node) => {
      frame.textContent = describe(node.data.name, node.value ?? 0);
    });
  select(graph).datum(tree).call(chart);
  if (find.value !== '') chart.search(find.value);
}

filter.addEventListener('input', showList);
for (const select of [types, profiles]) select.addEventListener('change', () => attempt(show));
find.addEventListener('input', () => (find.value === '' ? chart?.clear() : chart?.search(find.value)));
element('reset', HTMLButtonElement).addEventListener('click', () => chart?.resetZoom());
element('controls', HTMLFormElement).addEventListener('submit', (event) => event.preventDefault());
window.addEventListener('resize', () => attempt(show));
attempt(refresh);
setInterval(() => attempt(refresh), refreshMs);
