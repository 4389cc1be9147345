import type { Json } from '@pewter/language';

/**
 * Defaults that a catalogue read by reflection lacks: the reference gives them in code that runs when a config is
 * decoded. Measured with it, by component and path.
 */
export const unreadDefaults: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  'discovery.http': { enable_http2: true, follow_redirects: true, refresh_interval: '1m' },
  'pyroscope.java': {
    tmp_dir: '/tmp',
    'profiling_config/alloc': '512k',
    'profiling_config/cpu': true,
    'profiling_config/event': 'itimer',
    'profiling_config/interval': '1m',
    'profiling_config/lock': '10ms',
    'profiling_config/log_level': 'INFO',
    'profiling_config/sample_rate': 100,
  },
};
