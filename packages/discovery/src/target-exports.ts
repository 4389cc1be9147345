import { body, capsule, list, required } from '@pewter/language';
import type { Target } from './target.ts';
import { targetKind } from './target-kind.ts';

/** What every discovery exports. */
export const targetExports = body({ targets: required(list(capsule(targetKind))) });

/** The decoded form of {@link targetExports}. */
export interface TargetExports {
  readonly targets: readonly Target[];
}
