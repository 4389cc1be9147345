/** No more than this part of an interval is taken from it. */
const most = 0.1;

/**
 * By how much a component's first interval is shorter, in the unit of `interval`: the same for a component each time,
 * and spread evenly over components, so that many that start together do not ask their upstreams together for ever.
 */
export function earlier(id: string, interval: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++)
    hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193) >>> 0;
  // The last characters are mostly what tells ids apart; they must move the upper bits too.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = (hash ^ (hash >>> 13)) >>> 0;
  return (hash / 2 ** 32) * most * interval;
}
