import { record, textOf } from '../untrusted.ts';
import type { Resource } from './resource.ts';

/** What of the API is asked for: all objects of a kind that a selector lets through, in one namespace or in all. */
export interface Wanted {
  readonly resource: Resource;
  /** Empty for all. */
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
}

/** One object by its name. */
export interface Named {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

/** An answer of the API server that says no. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** The error for a status and the `Status` object that came with it; it says what to do where that is known. */
export function apiError(wanted: Wanted | Named, code: number, status: unknown): ApiError {
  const said = textOf(record(status).message).slice(0, 500);
  const answer = `the API server answered ${code} for ${place(wanted)}${said === '' ? '' : `: ${said}`}`;
  const advice = advices[code]?.(wanted);
  return new ApiError(code, advice === undefined ? answer : `${answer}; ${advice}`);
}

function place(wanted: Wanted | Named): string {
  const { resource, namespace } = wanted;
  if ('name' in wanted) return `${resource} \`${wanted.name}\` in namespace \`${namespace}\``;
  return namespace === '' ? `${resource} of the whole cluster` : `${resource} in namespace \`${namespace}\``;
}

const advices: Readonly<Record<number, (wanted: Wanted | Named) => string>> = {
  401: () => 'check the token or the client certificate, and whether it has expired',
  403: (wanted) => {
    const { resource, namespace } = wanted;
    const verbs = 'name' in wanted ? '`get`' : '`list` and `watch`';
    return namespace === ''
      ? `grant the account ${verbs} on \`${resource}\` with a ClusterRole and a ClusterRoleBinding`
      : `grant the account ${verbs} on \`${resource}\` with a Role and a RoleBinding in \`${namespace}\``;
  },
};
