import { ByteBudget } from '@pewter/http-client';
import type { ScrapeArguments } from './arguments.ts';

/** What bounds the bodies that a component fetches, bytes. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** Of all that are being fetched or worked on at a time. */
  readonly totalBytes: number;
}

/** What is larger is no profile that a server would take. */
export const usualBodies: BodyLimits = { maxBytes: 128 * 1024 * 1024, totalBytes: 256 * 1024 * 1024 };

/** The limits that the arguments of a component give. */
export function bodyLimits(
  args: Pick<ScrapeArguments, 'body_size_limit' | 'total_body_size_limit'>,
): BodyLimits {
  const { body_size_limit: one, total_body_size_limit: all } = args;
  return {
    maxBytes: one === 0 ? usualBodies.maxBytes : one,
    totalBytes: all === 0 ? Number.POSITIVE_INFINITY : all,
  };
}

/** The limits as all scrapes of a component share them; a change of its arguments counts at once. */
export class SharedBodies {
  readonly budget: ByteBudget;
  maxBytes: number;

  constructor({ maxBytes, totalBytes }: BodyLimits) {
    this.maxBytes = maxBytes;
    this.budget = new ByteBudget(totalBytes);
  }

  set({ maxBytes, totalBytes }: BodyLimits): void {
    this.maxBytes = maxBytes;
    this.budget.bytes = totalBytes;
  }
}
