type Case = readonly [body: string, expected: RegExp];

const forward = 'forward_to = []\n';
const uuid = '11111111-2222-3333-4444-555555555555';
const output = 'output { }\n';
const stages = (text: string) => `${forward}${text}`;
const azure = (text: string) => `endpoint {\n url = "http://m"\n azuread {\n ${text}\n }\n}`;

/** Bodies of components that Alloy refuses when it loads them, with what is said here. Its `validate` lets them through. */
export const refused: Readonly<Record<string, readonly Case[]>> = {
  'database_observability.mysql': [
    [
      `${forward}targets = []\ndata_source_name = "u:p@tcp(h)/"\ndatabase_instance "a" {\n data_source_name = "u:p@tcp(h)/"\n}`,
      /`data_source_name` and `database_instance`/,
    ],
  ],
  'discovery.consul': [['refresh_interval = "-5s"', /`refresh_interval` must be greater than zero/]],
  'discovery.docker': [
    ['host = "docker"', /no address of a Docker daemon/],
    [
      'host = "http://d:1"\noauth2 {\n client_id = "a"\n token_url = "http://t"\n}',
      /`oauth2` needs a `client_secret`/,
    ],
  ],
  'loki.process': [
    [stages('stage.eventlogmessage {\n source = "a b"\n}'), /`a b` is no name of a label/],
    [stages('stage.match {\n selector = "{a=\\"b\\"}"\n}'), /`stage.match` that keeps needs stages/],
    [
      stages('stage.match {\n selector = "{a=\\"b\\"}"\n action = "drop"\n stage.cri { }\n}'),
      /`stage.match` that drops has no stages/,
    ],
    [
      stages('stage.geoip {\n db = "/a"\n source = "ip"\n}'),
      /one of `db_type` or `custom_lookups` must be given/,
    ],
    [stages('stage.label_drop {\n values = []\n}'), /`values` may not be empty/],
    [
      stages('stage.luhn {\n source = "a"\n skip_regex = "("\n}'),
      /`skip_regex`: .*no valid regular expression/,
    ],
  ],
  'loki.relabel': [[`${forward}max_cache_size = 0`, /`max_cache_size` must be greater than zero/]],
  'loki.source.azure_event_hubs': [
    [
      `${forward}fully_qualified_namespace = "n:1"\nevent_hubs = ["h"]\nassignor = "any"\nauthentication {\n mechanism = "oauth"\n}`,
      /`assignor` cannot be `any`/,
    ],
  ],
  'loki.source.docker': [[`${forward}targets = []\nhost = "docker"`, /no address of a Docker daemon/]],
  'loki.source.gelf': [[`${forward}listen_address = "0.0.0.0"`, /must be an address with a port/]],
  'loki.source.kafka': [[`${forward}brokers = ["b:1"]\ntopics = []`, /`topics` may not be empty/]],
  'loki.source.kubernetes': [
    [`${forward}targets = []\nclient {\n bearer_token = "t"\n}`, /`bearer_token` needs `api_server`/],
    [
      `${forward}targets = []\nclient {\n follow_redirects = false\n}`,
      /`follow_redirects` needs `api_server`/,
    ],
    [
      `${forward}targets = []\nclient {\n tls_config {\n insecure_skip_verify = true\n }\n}`,
      /`tls_config` needs `api_server`/,
    ],
  ],
  'loki.write': [
    ['external_labels = {}', /`endpoint` must be given/],
    [
      'endpoint {\n url = "http://a"\n name = "n"\n}\nendpoint {\n url = "http://b"\n name = "n"\n}',
      /two of `endpoint` are called `n`/,
    ],
  ],
  'otelcol.auth.basic': [
    ['username = "u"', /`username` needs `password`/],
    ['', /one of `username`, `password`, `htpasswd` or `client_auth` must be given/],
  ],
  'otelcol.auth.oauth2': [
    [
      'client_id = "i"\nclient_secret = "s"\ntoken_url = "http://t"\ngrant_type = "password"',
      /`grant_type` cannot be `password`/,
    ],
  ],
  'otelcol.connector.spanmetrics': [
    [
      `${output}histogram {\n explicit { }\n}\ndimension { }`,
      /each `dimension` needs either `name` or `glob`/,
    ],
    [
      `${output}histogram {\n explicit { }\n}\nmetrics_expiration = "-1s"`,
      /`metrics_expiration` may not be negative/,
    ],
  ],
  'otelcol.exporter.awss3': [
    ['s3_uploader {\n s3_prefix = "p"\n s3_bucket = ""\n}', /one of `s3_bucket` or `endpoint` must be given/],
    [
      's3_uploader {\n s3_prefix = "p"\n s3_bucket = "b"\n storage_class = "COLD"\n}',
      /`storage_class` cannot be `COLD`/,
    ],
  ],
  'otelcol.exporter.debug': [['verbosity = "all"', /`verbosity` cannot be `all`/]],
  'otelcol.exporter.file': [
    ['path = "/f"\nformat = "xml"', /`format` cannot be `xml`/],
    ['path = "/f"\nappend = true\nrotation { }', /`append` and `rotation`/],
  ],
  'otelcol.exporter.googlecloudpubsub': [
    ['topic = "projects/p/topics/t"\nordering {\n enabled = true\n}', /needs `from_resource_attribute`/],
  ],
  'otelcol.exporter.kafka': [
    ['protocol_version = "2.0.0"\nbrokers = []', /`brokers` must be given/],
    ['protocol_version = "2.0.0"\nproducer {\n compression = "br"\n}', /`compression` cannot be `br`/],
    [
      'protocol_version = "2.0.0"\nauthentication {\n sasl {\n username = "u"\n password = ""\n mechanism = "PLAIN"\n }\n}',
      /`password` may not be empty/,
    ],
  ],
  'otelcol.exporter.loadbalancing': [
    ['protocol {\n otlp {\n client { }\n }\n}\nresolver { }', /one of `static`, `dns`, .* must be given/],
    [
      'protocol {\n otlp {\n client { }\n }\n}\nresolver {\n dns {\n hostname = ""\n }\n}',
      /`hostname` may not be empty/,
    ],
  ],
  'otelcol.exporter.otlp': [
    ['client {\n endpoint = "a:4317"\n}\nsending_queue {\n sizer = "spans"\n}', /`sizer` cannot be `spans`/],
  ],
  'otelcol.processor.discovery': [
    [`${output}targets = []\npod_associations = ["pod"]`, /`pod_associations` cannot be `pod`/],
  ],
  'otelcol.processor.k8sattributes': [
    [`${output}extract {\n metadata = ["k8s.pod.color"]\n}`, /`metadata` cannot be `k8s.pod.color`/],
    [`${output}extract {\n label {\n key = "a"\n key_regex = "b"\n }\n}`, /`key` and `key_regex` are given/],
    [`${output}filter {\n label {\n key = "a"\n value = "b"\n op = "like"\n }\n}`, /`op` cannot be `like`/],
  ],
  'otelcol.processor.memory_limiter': [
    [`${output}check_interval = "1s"\nlimit_percentage = 80`, /must both be from 1 to 100/],
  ],
  'otelcol.processor.probabilistic_sampler': [
    [`${output}sampling_precision = 15`, /`sampling_precision` must be between 1 and 14/],
  ],
  'otelcol.processor.redaction': [
    [`${output}hash_function = "sha2"`, /`hash_function` cannot be `sha2`/],
    [`${output}hash_function = "hmac-sha256"`, /`hmac-sha256` needs a `hmac_key`/],
  ],
  'otelcol.processor.transform': [
    [`${output}log_statements {\n context = "span"\n statements = []\n}`, /`context` cannot be `span`/],
  ],
  'otelcol.receiver.awscloudwatch': [
    [`${output}region = "r"\nlogs {\n poll_interval = "10ms"\n}`, /`poll_interval` must be 1s or more/],
  ],
  'otelcol.receiver.awss3': [
    [
      `${output}start_time = "2024-01-01"\ns3downloader {\n s3_bucket = "b"\n s3_prefix = "p"\n}`,
      /`start_time` needs `end_time`/,
    ],
  ],
  'otelcol.receiver.cloudflare': [[`${output}endpoint = "localhost"`, /must be an address with a port/]],
  'otelcol.receiver.datadog': [[`${output}intake {\n behavior = "keep"\n}`, /`behavior` cannot be `keep`/]],
  'otelcol.receiver.syslog': [[`${output}tcp { }`, /`listen_address` must be given/]],
  'prometheus.enrich': [
    [`${forward}targets = []\nmetrics_match_label = "a"`, /`metrics_match_label` needs `target_match_label`/],
  ],
  'prometheus.exporter.azure': [
    ['subscriptions = ["s"]\nresource_type = "t"\nmetrics = []', /`metrics` must be given/],
    [
      'subscriptions = ["s"]\nresource_type = "t"\nmetrics = ["m"]\nmetric_aggregations = ["median"]',
      /`metric_aggregations` cannot be `median`/,
    ],
  ],
  'prometheus.exporter.gcp': [
    ['project_ids = ["p"]\nmetrics_prefixes = ["m"]\nextra_filters = ["f"]', /`f` is no filter/],
  ],
  'prometheus.exporter.kafka': [['', /`kafka_uris` must be given/]],
  'prometheus.exporter.oracledb': [
    [
      'database {\n name = "a"\n connection_string = "h:1/x"\n}\ndatabase {\n name = "a"\n connection_string = "h:1/y"\n}',
      /two of `database` are called `a`/,
    ],
  ],
  'prometheus.relabel': [
    [`${forward}cache_ttl = "5m"`, /`max_cache_size` and `cache_ttl`/],
    [`${forward}max_cache_size = 0\ncache_ttl = "5s"`, /`cache_ttl` must be 1m or more/],
  ],
  'prometheus.remote_write': [
    [
      azure(`oauth {\n client_id = "${uuid}"\n client_secret = ""\n tenant_id = "t"\n }`),
      /`client_secret` may not be empty/,
    ],
  ],
  'prometheus.scrape': [
    [`${forward}targets = [[{"__address__" = "a:1"}]]`, /`targets` should be a target, but is .* an array/],
    [
      `${forward}targets = []\nscrape_native_histograms = true\nscrape_protocols = ["PrometheusText0.0.4"]`,
      /needs `PrometheusProto`/,
    ],
    [`${forward}targets = []\nmetric_name_escaping_scheme = "allow-utf-8"`, /`allow-utf-8` needs/],
  ],
};

/** Bodies of components that Alloy loads, though one may doubt it. */
export const accepted: Readonly<Record<string, readonly string[]>> = {
  'discovery.docker': ['host = "npipe:////./pipe/docker_engine"', 'host = "ssh://me@host"'],
  'discovery.ec2': [
    'region = "eu-north-1"\nno_proxy = "localhost"',
    'region = "eu-north-1"\nbearer_token = "t"\nbearer_token_file = "/t"',
  ],
  'discovery.linode': ['proxy_url = ""\nno_proxy = "localhost"', 'proxy_url = "socks5://127.0.0.1:1080"'],
  'local.file': ['filename = "/f"\ndetector = ""'],
  'loki.source.file': [`${forward}targets = []\ndecompression {\n enabled = true\n format = null\n}`],
  'loki.source.kubernetes': [
    `${forward}targets = []\nclient {\n tls_config { }\n bearer_token = ""\n}`,
    `${forward}targets = []\nclient {\n api_server = "https://k:6443"\n proxy_from_environment = true\n}`,
  ],
  'loki.write': ['endpoint {\n url = "http://a"\n}\nendpoint {\n url = "http://b"\n}'],
  'otelcol.connector.spanmetrics': [`${output}histogram {\n explicit { }\n}\nevents {\n dimension { }\n}`],
  'otelcol.exporter.debug': ['verbosity = "Detailed"'],
  'otelcol.exporter.otlp': [
    'client {\n endpoint = "a:4317"\n}\nsending_queue {\n enabled = false\n sizer = ""\n}',
  ],
  'otelcol.exporter.googlecloudpubsub': ['topic = "<TOPIC>"'],
  'otelcol.processor.k8sattributes': [`${output}auth_type = ""`],
  'prometheus.remote_write': [azure('managed_identity {\n client_id = "<CLIENT_ID>"\n }')],
  'otelcol.processor.transform': [`${output}error_mode = null`],
  'otelcol.receiver.file_stats': [`${output}include = "/var/log/*"\ntimeout = "-1s"`],
  'otelcol.receiver.filelog': [
    `${output}include = ["/var/log/x"]\nmultiline {\n line_start_pattern = "(never closed"\n}`,
  ],
  'otelcol.receiver.tcplog': [`${output}listen_address = "0.0.0.0:1"\nmultiline { }`],
  'pyroscope.java': [`${forward}targets = []\nprofiling_config {\n tlab = true\n}`],
};
