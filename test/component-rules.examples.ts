/** Bodies of components that Alloy refuses when it loads them, with what is said here. Its `validate` lets them through. */
export const refused: Readonly<Record<string, readonly (readonly [body: string, expected: RegExp])[]>> = {
  'prometheus.scrape': [
    [
      'targets = [[{"__address__" = "a:1"}]]\nforward_to = []',
      /`targets` should be a target, but is .* an array/,
    ],
  ],
  'otelcol.exporter.otlp': [
    ['client {\n endpoint = "a:4317"\n}\nsending_queue {\n sizer = "spans"\n}', /`sizer` cannot be `spans`/],
  ],
};

/** Bodies of components that Alloy loads, though one may doubt it. */
export const accepted: Readonly<Record<string, readonly string[]>> = {
  'discovery.ec2': [
    'region = "eu-north-1"\nno_proxy = "localhost"',
    'region = "eu-north-1"\nbearer_token = "t"\nbearer_token_file = "/t"',
  ],
  'discovery.linode': ['proxy_url = ""\nno_proxy = "localhost"', 'proxy_url = "socks5://127.0.0.1:1080"'],
  'loki.source.file': ['targets = []\nforward_to = []\ndecompression {\n enabled = true\n format = null\n}'],
  'otelcol.exporter.otlp': [
    'client {\n endpoint = "a:4317"\n}\nsending_queue {\n enabled = false\n sizer = ""\n}',
  ],
  'otelcol.processor.k8sattributes': ['auth_type = ""\noutput { }'],
  'otelcol.processor.transform': ['error_mode = null\noutput { }'],
  'otelcol.receiver.file_stats': ['include = "/var/log/*"\ntimeout = "-1s"\noutput { }'],
  'otelcol.receiver.filelog': [
    'include = ["/var/log/x"]\nmultiline {\n line_start_pattern = "(never closed"\n}\noutput { }',
  ],
  'pyroscope.java': ['targets = []\nforward_to = []\nprofiling_config {\n tlab = true\n}'],
};
