/** What a component or node says of itself, as the reference names it. */
export type HealthState = 'unknown' | 'healthy' | 'unhealthy' | 'exited';

export interface Health {
  readonly state: HealthState;
  /** One sentence: why. */
  readonly message: string;
  /** When the state was entered, milliseconds since the epoch. */
  readonly updated: number;
}

const severity: Readonly<Record<HealthState, number>> = { healthy: 0, unknown: 1, unhealthy: 2, exited: 3 };

/** The least healthy of them; among equals the one entered last, the earliest in the list at one time. */
export function leastHealthy(first: Health, ...others: readonly Health[]): Health {
  return others.reduce((worst, next) => (counts(next, worst) ? next : worst), first);
}

function counts(next: Health, worst: Health): boolean {
  if (next.state === worst.state) return next.updated > worst.updated;
  return severity[next.state] > severity[worst.state];
}
