/** Diagnostics of rules inside the pyroscope components: code to short title. Each has a paragraph in docs/diagnostics.md. */
export const pyroscopeCodes = {
  E0511: 'scrape_timeout is not positive',
  E0512: 'scrape_interval is not positive, or too short for delta profiling',
  E0513: 'delta_profiling_duration does not fit the interval',
  E0514: 'two profile.custom blocks of one label',
  E0515: 'external label with a name that Pyroscope refuses',
  E0516: 'max_cache_size is not positive',
  E0517: 'listen_port is not a port',
  E0518: 'queue block that cannot be kept',
  E0519: 'two endpoints with one queue file',
  E0520: 'limit of pyroscope.scrape below 0',
  W0511: 'block that Alloy does not have',
  W0512: 'argument that Alloy does not have',
} as const;

/** A code of {@link pyroscopeCodes}. */
export type PyroscopeCode = keyof typeof pyroscopeCodes;
