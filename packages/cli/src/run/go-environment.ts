/** Variables that steer the runtime of the reference, and what does the same here. */
const variables: Readonly<Record<string, string>> = {
  GOMEMLIMIT: 'set NODE_OPTIONS=--max-old-space-size=MEBIBYTES',
  AUTOMEMLIMIT: 'set NODE_OPTIONS=--max-old-space-size=MEBIBYTES',
  AUTOMEMLIMIT_EXPERIMENT: 'set NODE_OPTIONS=--max-old-space-size=MEBIBYTES',
  GOGC: 'the garbage collector of Node needs no such setting',
  GOMAXPROCS: 'pewter uses one core, and a few threads of Node beside it',
  GODEBUG: 'it speaks of the runtime of Go',
  GOTRACEBACK: 'it speaks of the runtime of Go',
  PPROF_MUTEX_PROFILING_PERCENT: 'there are no mutexes to profile',
  PPROF_BLOCK_PROFILING_RATE: 'there are no goroutines to profile',
};

/**
 * The variables that are set and do nothing here, with the reason of each.
 * Source: https://grafana.com/docs/alloy/latest/reference/cli/environment-variables/
 */
export function goVariables(
  env: Readonly<Record<string, string | undefined>>,
): { variable: string; because: string }[] {
  return Object.entries(variables)
    .filter(([name]) => (env[name] ?? '') !== '')
    .map(([variable, because]) => ({ variable, because }));
}
