import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../host.ts';

/** Where the console keeps its history: below the state folder of the XDG base directories. */
export function historyPath({ env }: Pick<Host, 'env'>): string {
  const given = env.XDG_STATE_HOME;
  const state = given === undefined || given === '' ? join(homedir(), '.local', 'state') : given;
  return join(state, 'pewter', 'eval-history');
}
