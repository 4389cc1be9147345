/** The message of what was thrown, followed by those of its causes that say more. */
export function errorText(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const own = thrown.message === '' ? thrown.name : thrown.message;
  if (thrown.cause === undefined) return own;
  const cause = errorText(thrown.cause);
  return own.includes(cause) ? own : `${own}: ${cause}`;
}
