import type { Type } from './type.ts';

/**
 * A value that cannot be known without running: an export of a component that was not built, an environment
 * variable, a file. It takes part in evaluation; whatever depends on it becomes a hole too. `type`, where it is
 * known, lets checks follow references (a field that an export does not have, a receiver of the wrong kind).
 */
export class Hole {
  readonly type: Type | undefined;
  /** Where it comes from, for messages: `discovery.http.x.targets`. */
  readonly origin: string | undefined;

  constructor(type?: Type, origin?: string) {
    this.type = type;
    this.origin = origin;
  }
}
