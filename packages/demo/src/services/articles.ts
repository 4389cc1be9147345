import { pick, seededRandom } from '../random.ts';

const subjects = [
  'The scheduler',
  'A garbage collector',
  'The parser',
  'Every **index**',
  'The query planner',
] as const;
const verbs = ['measures', 'rebuilds', 'compares', 'allocates', 'sorts', 'caches', 'renders'] as const;
const objects = [
  'its buffers',
  'long queues',
  '`postings`',
  'stack samples',
  'the oldest pages',
  'labels',
] as const;
const endings = ['under load', 'while reading', 'before sending', 'between two scrapes', 'at night'] as const;

/** Articles in Markdown, the same each time. */
export function writeArticles(count: number): string[] {
  const random = seededRandom(7);
  const sentence = () => [subjects, verbs, objects, endings].map((words) => pick(random, words)).join(' ');
  const paragraph = () => `${Array.from({ length: 6 }, sentence).join('. ')}.`;
  const list = () => Array.from({ length: 4 }, () => `- ${sentence()}`).join('\n');
  return Array.from({ length: count }, () =>
    [`# ${sentence()}`, paragraph(), list(), paragraph()].join('\n\n'),
  );
}

/** A query that some of the articles answer. */
export function writeQuery(random: () => number): string {
  return `${pick(random, verbs)} ${pick(random, objects)} ${pick(random, endings)}`;
}
