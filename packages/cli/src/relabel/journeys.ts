import { explain, type RelabelStep, relabel, type Target } from '@pewter/discovery';
import type { Stage } from './stage.ts';

/** What one component did to a target. */
export interface Passage {
  readonly stage: Stage;
  readonly steps: readonly RelabelStep[];
  /** Absent where a rule dropped it. */
  readonly result?: Target;
}

/** A target and its way through the components. */
export interface Journey {
  /** Where it stands among those that set out. */
  readonly place: number;
  readonly target: Target;
  readonly passages: readonly Passage[];
}

/** What a component takes in; `outputs` are those of the components before it. */
export type Incoming = (stage: Stage, outputs: ReadonlyMap<string, readonly Target[]>) => readonly Target[];

/**
 * Follows all targets through the stages, which come with those first that others take from. A target that leaves one
 * stage and comes into the next is one journey.
 */
export function followTargets(stages: readonly Stage[], incoming: Incoming): readonly Journey[] {
  const outputs = new Map<string, readonly Target[]>();
  /** Journeys that no later stage has taken up, by the stage and the labels that they left with. */
  const open = new Map<string, Journey[]>();
  const ended: Journey[] = [];
  let places = 0;
  for (const stage of stages) {
    const arrived = incoming(stage, outputs).map((target) => {
      const setOut = { place: places++, target, passages: [] };
      return onward(stage, target, takeUp(stage, target, open) ?? setOut);
    });
    for (const journey of arrived) {
      const { result } = journey.passages.at(-1) ?? {};
      if (result === undefined) ended.push(journey);
      else append(open, key(stage.id, result), journey);
    }
    outputs.set(
      stage.id,
      arrived.flatMap(({ passages }) => passages.at(-1)?.result ?? []),
    );
  }
  return [...[...open.values()].flat(), ...ended].sort((one, other) => one.place - other.place);
}

function onward(stage: Stage, target: Target, journey: Journey): Journey {
  const result = relabel(stage.rules, target);
  const passage = { stage, steps: explain(stage.rules, target), ...(result !== undefined && { result }) };
  return { ...journey, passages: [...journey.passages, passage] };
}

function takeUp({ from }: Stage, target: Target, open: Map<string, Journey[]>): Journey | undefined {
  for (const id of from) {
    const journey = open.get(key(id, target))?.shift();
    if (journey !== undefined) return journey;
  }
  return undefined;
}

function key(stage: string, target: Target): string {
  return `${stage} ${target}`;
}

function append(open: Map<string, Journey[]>, at: string, journey: Journey): void {
  const there = open.get(at);
  if (there === undefined) open.set(at, [journey]);
  else there.push(journey);
}
