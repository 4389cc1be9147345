/** What a resolver's configuration says, as far as lookups by hand need it. */
export interface ResolvConf {
  readonly servers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
}

/** The content of `/etc/resolv.conf` (its manual page, resolv.conf(5)); the last `search` or `domain` line wins. */
export function parseResolvConf(text: string): ResolvConf {
  const conf = { servers: [] as string[], search: [] as readonly string[], ndots: 1 };
  for (const line of text.split('\n')) {
    const [keyword = '', ...values] = line
      .replace(/[#;].*$/, '')
      .trim()
      .split(/\s+/);
    if (keyword === 'nameserver' && values[0] !== undefined) conf.servers.push(values[0]);
    if (keyword === 'search') conf.search = values;
    if (keyword === 'domain') conf.search = values.slice(0, 1);
    const ndots =
      keyword === 'options'
        ? /^ndots:(\d+)$/.exec(values.find((one) => one.startsWith('ndots:')) ?? '')
        : null;
    if (ndots !== null) conf.ndots = Math.min(Number(ndots[1]), 15);
  }
  return conf;
}

/** The names to try for one that a user wrote, in their order. */
export function candidateNames(name: string, { search, ndots }: ResolvConf): readonly string[] {
  if (name.endsWith('.')) return [name];
  const searched = search.map((domain) => `${name}.${domain.replace(/\.$/, '')}.`);
  const absolute = `${name}.`;
  const dots = name.split('.').length - 1;
  return dots >= ndots ? [absolute, ...searched] : [...searched, absolute];
}
