import type { Location, Profile } from 'pprof-format';
import { ProfileView, signed } from './profile-view.ts';

/** A frame of a flame graph with all that it called; its value is that of itself and of what it called. */
export interface FlameNode {
  readonly name: string;
  readonly value: number;
  /** The largest first. */
  readonly children: readonly FlameNode[];
}

interface Frame {
  value: number;
  readonly children: Map<string, Frame>;
}

/** Folds profiles into one tree, by one sample type (`TYPE/UNIT`). Recursion is kept as it was sampled. */
export class FlameTree {
  readonly #type: string;
  readonly #root: Frame = { value: 0, children: new Map() };

  constructor(type: string) {
    this.#type = type;
  }

  /** Adds the samples of a profile; one that lacks the type adds nothing. Values of zero or less are left out. */
  add(profile: Profile): void {
    const view = new ProfileView(profile);
    const column = profile.sampleType.findIndex((type) => view.typeName(type) === this.#type);
    if (column === -1) return;
    for (const sample of profile.sample) {
      const value = Number(signed(sample.value[column] ?? 0));
      if (value <= 0) continue;
      this.#addStack(stackOf(view, sample.locationId), value);
    }
  }

  /** The tree so far, without frames of less than `least` of the whole (a part, 0 to 1). */
  tree(least = 0): FlameNode {
    return nodeOf('all', this.#root, this.#root.value * least);
  }

  #addStack(names: readonly string[], value: number): void {
    let frame = this.#root;
    frame.value += value;
    for (const name of names) {
      let child = frame.children.get(name);
      if (child === undefined) {
        child = { value: 0, children: new Map() };
        frame.children.set(name, child);
      }
      child.value += value;
      frame = child;
    }
  }
}

/** Names from the outermost caller in; a location's lines are inlined calls, the innermost first. */
function stackOf(view: ProfileView, ids: readonly (number | bigint)[]): string[] {
  return ids.flatMap((id) => namesOf(view, view.location(id))).reverse();
}

function namesOf(view: ProfileView, location: Location | undefined): string[] {
  if (location === undefined) return ['(unknown)'];
  if (location.line.length === 0) return [`0x${location.address.toString(16)}`];
  return location.line.map(
    ({ functionId }) => view.string(view.function(functionId)?.name ?? 0) || '(unknown)',
  );
}

/** Stacks are as deep as a client says, so this does not call itself. */
function nodeOf(name: string, root: Frame, least: number): FlameNode {
  const made: { name: string; value: number; children: FlameNode[] } = {
    name,
    value: root.value,
    children: [],
  };
  const open: { frame: Frame; children: FlameNode[] }[] = [{ frame: root, children: made.children }];
  for (let one = open.pop(); one; one = open.pop()) {
    for (const [childName, frame] of [...one.frame.children].sort(([, a], [, b]) => b.value - a.value)) {
      if (frame.value < least) break;
      const node = { name: childName, value: frame.value, children: [] as FlameNode[] };
      one.children.push(node);
      open.push({ frame, children: node.children });
    }
  }
  return made;
}
