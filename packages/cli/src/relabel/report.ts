import type { RelabelStep } from '@pewter/discovery';
import { quote } from '@pewter/language';
import { plural } from '../print-diagnostics.ts';
import type { SourceFailure } from '../targets/source-failures.ts';
import type { Journey, Passage } from './journeys.ts';

type Labels = ReadonlyMap<string, string>;

/** The journeys for people: each rule with what it changed. */
export function traceText(journeys: readonly Journey[], last: string): string {
  const shown = journeys.map(({ target, passages }) =>
    [`${target}`, ...passages.flatMap(passageLines), ...strayLine(passages, last)].join('\n'),
  );
  return `${shown.map((text) => `${text}\n\n`).join('')}${summary(journeys, last)}\n`;
}

/** Only what comes out, one target a line. */
export function resultText(journeys: readonly Journey[], last: string): string {
  const lines = journeys.flatMap(({ passages }) => {
    const end = passages.at(-1);
    return end?.stage.id === last && end.result !== undefined ? [`${end.result}\n`] : [];
  });
  return `${lines.join('')}${summary(journeys, last)}\n`;
}

/** The same for programs. */
export function journeysJson(
  journeys: readonly Journey[],
  failures: readonly SourceFailure[],
  trace: boolean,
): string {
  const targets = journeys.map(({ target, passages }) => {
    const result = passages.at(-1)?.result;
    return {
      target: Object.fromEntries(target),
      result: result === undefined ? null : Object.fromEntries(result),
      ...(trace && { components: passages.map(passageRecord) }),
    };
  });
  return `${JSON.stringify({ targets, failures }, undefined, 2)}\n`;
}

function passageRecord({ stage, steps, result }: Passage) {
  return {
    component: stage.id,
    dropped: result === undefined,
    rules: steps.map(({ rule, before, after }, index) => ({
      rule: index + 1,
      at: stage.places[index] ?? '',
      action: rule.action,
      before: sorted(before),
      after: after === undefined ? null : sorted(after),
    })),
  };
}

function passageLines({ stage, steps, result }: Passage): readonly string[] {
  const end = result === undefined ? [] : [`  = ${result}`];
  return [`  ${stage.id}`, ...steps.flatMap((step, index) => stepLines(step, index, stage.places)), ...end];
}

function stepLines({ rule, before, after }: RelabelStep, index: number, places: readonly string[]) {
  const head = `    rule ${index + 1}, ${rule.action} (${places[index] ?? ''})`;
  if (after === undefined) return [`${head}: dropped`];
  const changes = changesOf(before, after);
  return changes.length === 0
    ? [`${head}: no change`]
    : [`${head}:`, ...changes.map((one) => `      ${one}`)];
}

function changesOf(before: Labels, after: Labels): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) return [];
    if (old === undefined) return [`+ ${name} = ${quote(now ?? '')}`];
    return [now === undefined ? `- ${name} = ${quote(old)}` : `~ ${name} = ${quote(old)} → ${quote(now)}`];
  });
}

/** A target may leave one component and not be what the next one takes in. */
function strayLine(passages: readonly Passage[], last: string): readonly string[] {
  const end = passages.at(-1);
  if (end?.result === undefined || end.stage.id === last) return [];
  return [`  does not come to ${last} as it is`];
}

function summary(journeys: readonly Journey[], last: string): string {
  const ends = journeys.map(({ passages }) => passages.at(-1));
  const dropped = ends.filter((end) => end?.result === undefined).length;
  const out = ends.filter((end) => end?.result !== undefined && end.stage.id === last).length;
  return `${last}: ${plural(journeys.length, 'target')} in, ${out} out, ${dropped} dropped`;
}

function sorted(labels: Labels): Readonly<Record<string, string>> {
  return Object.fromEntries([...labels].sort());
}
