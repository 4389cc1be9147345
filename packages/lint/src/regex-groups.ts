/** What is quoted, classes, and what opens a group: with a name, one that is not kept, any other. */
const tokens =
  /\\Q[\s\S]*?(?:\\E|$)|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\(\?P?<(\w+)>|\(\?|\(/g;

/** The groups of a regular expression by what a template calls them: `0` for the whole, numbers, and names. */
export function groupsOf(regex: string): ReadonlySet<string> {
  const groups = new Set(['0']);
  let count = 0;
  for (const [token, name] of regex.matchAll(tokens)) {
    if (name === undefined && token !== '(') continue;
    count++;
    groups.add(String(count));
    if (name !== undefined) groups.add(name);
  }
  return groups;
}
