const crash = 'the reference crashes while it checks this module, which is sound';
const refusedByRun =
  'validate of the reference lets it through and its run refuses it: an export field that is not there';
const loseItsPlace =
  'behind the first syntax error the reference loses its place: it complains of a sound line, of a brace or of the end';
const rule = (what: string) => `validate of the reference lets it through and its run refuses it: ${what}`;
const convert = 'files/grafana__alloy/internal/converter/internal';
const older = 'files/grafana__alloy/at-bbde2da58b39/converter/internal/promtailconvert/testdata';

const spike = 'limit_percentage without spike_limit_percentage';
const cache = 'a cache of no size';

/** Files whose verdict or lines differ from the reference's, each with the reason: longer only by what run refuses. */
export const excusedVerdicts: Readonly<Record<string, string>> = {
  'files/grafana__alloy-modules/modules/kubernetes/annotations/logs/drop.alloy': crash,
  'files/grafana__alloy-modules/modules/kubernetes/annotations/logs/embed.alloy': crash,
  'files/grafana__alloy-modules/modules/kubernetes/annotations/logs/utils.alloy': crash,
  'docs/reference__components__discovery__discovery.docker-3.alloy': refusedByRun,
  'docs/collect__datadog-traces-metrics-4.alloy': loseItsPlace,
  'docs/get-started__expressions__types_and_values-6.alloy': loseItsPlace,
  'docs/get-started__expressions__types_and_values-8.alloy': loseItsPlace,
  'docs/get-started__modules-1.alloy': loseItsPlace,
  'docs/get-started__modules-2.alloy': loseItsPlace,
  'docs/reference__components__beyla__beyla.ebpf-10.alloy': loseItsPlace,
  'docs/reference__components__beyla__beyla.ebpf-9.alloy': loseItsPlace,
  'docs/reference__components__discovery__discovery.linode-2.alloy': loseItsPlace,
  'docs/reference__components__discovery__discovery.linode-3.alloy': loseItsPlace,
  'docs/reference__components__discovery__discovery.marathon-1.alloy': loseItsPlace,
  'docs/reference__components__discovery__discovery.relabel-1.alloy': loseItsPlace,
  'docs/reference__components__loki__loki.source.azure_event_hubs-1.alloy': loseItsPlace,
  'docs/reference__components__otelcol__otelcol.processor.interval-2.alloy': loseItsPlace,
  'docs/reference__components__otelcol__otelcol.processor.tail_sampling-1.alloy': loseItsPlace,
  'docs/reference__components__otelcol__otelcol.receiver.filelog-2.alloy': loseItsPlace,
  'docs/reference__components__otelcol__otelcol.receiver.filelog-3.alloy': loseItsPlace,
  'docs/reference__components__prometheus__prometheus.exporter.catchpoint-2.alloy': loseItsPlace,
  'docs/reference__components__prometheus__prometheus.remote_write-1.alloy': loseItsPlace,
  'docs/reference__components__pyroscope__pyroscope.ebpf-4.alloy': loseItsPlace,
  'docs/reference__components__pyroscope__pyroscope.write-1.alloy': loseItsPlace,
  'docs/reference__config-blocks__foreach-1.alloy': loseItsPlace,
  'docs/reference__config-blocks__foreach-2.alloy': loseItsPlace,
  'docs/reference__stdlib__json_path-1.alloy': loseItsPlace,
  'files/grafana__agent/internal/converter/internal/promtailconvert/testdata/pipeline_stages_drop.river':
    rule('a stage.drop with value and expression, and one with value and no source'),
  [`${convert}/otelcolconvert/testdata/headerssetter.alloy`]: rule(
    'a header with nothing to take its value from',
  ),
  [`${convert}/promtailconvert/testdata/digitalocean.alloy`]: rule('no token'),
  [`${convert}/promtailconvert/testdata/pipeline_stages_part2.alloy`]: rule('a rate of sampling above 1'),
  [`${convert}/staticconvert/testdata/traces.alloy`]: rule('gc_frequency of zero'),
  [`${older}/azure.river`]: rule('two ways to authenticate'),
  [`${older}/digitalocean.river`]: rule('no token'),
  [`${older}/remote_write.river`]: rule('four ways to authenticate'),
  'files/grafana__alloy/at-1244a8d920bf/converter/internal/prometheusconvert/testdata/azure.river':
    rule('two ways to authenticate'),
  'docs/reference__components__discovery__discovery.kuma-1.alloy': rule(
    'a placeholder where a URL must stand',
  ),
  'docs/reference__components__discovery__discovery.openstack-2.alloy': rule(
    'a placeholder where a role must stand',
  ),
  'docs/set-up__migrate__from-static-1.alloy': rule('batches larger than the largest'),
  'docs/set-up__migrate__from-otelcol-1.alloy': rule(spike),
  'files/grafana__agent/internal/converter/internal/otelcolconvert/testdata/memorylimiter.river': rule(spike),
  [`${convert}/otelcolconvert/testdata/memorylimiter.alloy`]: rule(spike),
  [`${convert}/promtailconvert/testdata/azure_event_hubs.alloy`]: rule('an empty assignor'),
  [`${convert}/promtailconvert/testdata/pipeline_stages_match_nested.alloy`]: rule(
    'stages in a stage.match that drops',
  ),
  [`${convert}/staticconvert/testdata/integrations.alloy`]: rule('no kafka_uris'),
  [`${convert}/staticconvert/testdata-v2/integrations_v2.alloy`]: rule('no kafka_uris'),
  'files/grafana__alloy/at-8f9449751a50/converter/internal/promtailconvert/testdata/windowsevents_relabel.river':
    rule(cache),
  'files/grafana__alloy/at-9756a4ccc08f/converter/internal/promtailconvert/testdata/cloudflare_relabel.river':
    rule(cache),
  'files/grafana__alloy/at-9756a4ccc08f/converter/internal/staticconvert/testdata/promtail_scrape.river':
    rule(cache),
};
