import { Code } from '@connectrpc/connect';
import type { PushFailure } from './push-failure.ts';

/** Codes by which a server says that it will not take this later either. */
const finalCodes: ReadonlySet<Code> = new Set([
  Code.AlreadyExists,
  Code.Canceled,
  Code.FailedPrecondition,
  Code.InvalidArgument,
  Code.NotFound,
  Code.OutOfRange,
  Code.PermissionDenied,
  Code.Unauthenticated,
  Code.Unimplemented,
]);

/**
 * The server may take later what it did not take now. What it refused as wrong (4xx, or by its code) or does not offer
 * (501) stays so; a request that was late or one too many is not wrong. An answer to a push that is neither yes nor
 * no is of something in between.
 */
export function isWorthRetrying({ status, code }: PushFailure, retryOn429: boolean): boolean {
  if (status === undefined || status === 408) return true;
  if (status === 429) return retryOn429;
  if (status === 501 || (status >= 400 && status < 500)) return false;
  if (code === undefined) return status >= 500;
  return code === Code.ResourceExhausted ? retryOn429 : !finalCodes.has(code);
}

/** What a server says where the credentials or the URL are wrong, whatever profile it is given. */
const statusesOfAll: ReadonlySet<number> = new Set([401, 403, 404, 405, 407]);
const codesOfAll: ReadonlySet<Code> = new Set([
  Code.PermissionDenied,
  Code.Unauthenticated,
  Code.Unimplemented,
]);

/** Whether a server refused this very profile as wrong: another one may be taken. */
export function isAboutProfile(failure: PushFailure): boolean {
  const { status = 0, code } = failure;
  if (isWorthRetrying(failure, true) || status < 200 || status === 501) return false;
  return !statusesOfAll.has(status) && (code === undefined || !codesOfAll.has(code));
}
