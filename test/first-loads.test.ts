import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadLikeReference } from './harness/reference-load.ts';

/** What the configs find beside them. */
const files = { 'text.txt': 'some text' };

/** A config, and whether it loads; or the lines of all that refuses it. */
type Row = readonly [name: string, text: string, verdict: 'loads' | readonly number[]];

function loads(rows: readonly Row[]): void {
  for (const [name, text, verdict] of rows) {
    test(`${name} ${verdict === 'loads' ? 'loads' : `is refused at line ${verdict.join(', ')}`}`, async () => {
      const { ok, errorLines, messages } = await loadLikeReference('config.alloy', text, files);
      assert.equal(ok, verdict === 'loads', messages.join('\n'));
      if (verdict !== 'loads')
        assert.deepEqual([...new Set(errorLines)].sort(), verdict, messages.join('\n'));
    });
  }
}

const component = (name: string, ...lines: readonly string[]) =>
  [`${name} "x" {`, ...lines.map((line) => `  ${line}`), '}'].join('\n');

const kuma = 'server = "http://127.0.0.1:9"';
const swarm = 'host = "tcp://127.0.0.1:9"';
const monitors = (...client: readonly string[]) =>
  component('prometheus.operator.podmonitors', 'forward_to = []', 'client {', ...client, '}');
const scaleway = (id: string, key: string, secret: string) =>
  component(
    'discovery.scaleway',
    'role = "instance"',
    `project_id = "${id}"`,
    `access_key = "${key}"`,
    `secret_key = "${secret}"`,
  );
const uuid = '01234567-89ab-cdef-0123-456789ABCDEF';

describe('components of which only the rules are known', () => {
  loads([
    [
      'a proxy from an empty variable beside its exceptions',
      component('discovery.kuma', kuma, 'proxy_url = ""', 'no_proxy = "a"'),
      'loads',
    ],
    [
      'a header that signs requests to AWS',
      component('discovery.kuma', kuma, 'http_headers = {"X-Amz-Date" = ["x"]}'),
      [3],
    ],
    [
      'a server that is no URL',
      component('discovery.uyuni', 'server = "http://a b"', 'username = "u"', 'password = "p"'),
      [2],
    ],
    [
      'a Docker daemon without a scheme',
      component('discovery.dockerswarm', 'host = "127.0.0.1:9"', 'role = "nodes"'),
      [2],
    ],
    ['a Docker daemon with a scheme', component('discovery.dockerswarm', swarm, 'role = "nodes"'), 'loads'],
    ['no Zookeeper at all', component('discovery.nerve', 'servers = []', 'paths = ["/a"]'), [2]],
    ['what Scaleway gives out', scaleway(uuid, 'SCWABCDEFGHIJ0123456', uuid), 'loads'],
    ['an access key that is none of Scaleway', scaleway(uuid, 'key', uuid), [4]],
    ['a project of Scaleway that is no UUID', scaleway('project', 'SCWABCDEFGHIJ0123456', uuid), [3]],
    ['a secret key of Scaleway that is no UUID', scaleway(uuid, 'SCWABCDEFGHIJ0123456', 'secret'), [5]],
    ['a cache without room', component('loki.relabel', 'forward_to = []', 'max_cache_size = 0'), [3]],
    [
      'tlab with the alloc that there is by default',
      component(
        'pyroscope.java',
        'targets = []',
        'forward_to = []',
        'profiling_config {',
        'tlab = true',
        '}',
      ),
      'loads',
    ],
    [
      'tlab without alloc',
      component(
        'pyroscope.java',
        'targets = []',
        'forward_to = []',
        'profiling_config {',
        'tlab = true',
        'alloc = ""',
        '}',
      ),
      [5],
    ],
    ['an HTTP client for the API of the own cluster', monitors('enable_http2 = false'), [4]],
    [
      'an HTTP client for a given API',
      monitors('api_server = "http://127.0.0.1:9"', 'http_headers = {a = ["b"]}'),
      'loads',
    ],
    ['tls_config with nothing in it for the API of the own cluster', monitors('tls_config { }'), 'loads'],
    [
      'a word that is null',
      component(
        'pyroscope.scrape',
        'targets = []',
        'forward_to = []',
        'tls_config {',
        'min_version = null',
        '}',
      ),
      'loads',
    ],
  ]);
});

describe('intervals of discoveries', () => {
  const every = (name: string, interval: string) => component(name, `refresh_interval = "${interval}"`);
  loads([
    ['one below zero where the reference checks it', every('discovery.consul', '-5s'), [2]],
    ['one below zero where the reference checks it, of an agent', every('discovery.consulagent', '-5s'), [2]],
    ['one below zero where it is not checked', every('discovery.process', '-5s'), 'loads'],
    [
      'one below zero of EC2',
      component('discovery.ec2', 'region = "r"', 'refresh_interval = "-5s"'),
      'loads',
    ],
  ]);
});

describe('discovery.ec2 looks at its HTTP client only when it uses it', () => {
  const ec2 = (...lines: readonly string[]) => component('discovery.ec2', 'region = "r"', ...lines);
  loads([
    ['two ways to authenticate', ec2('bearer_token = "a"', 'bearer_token_file = "b"'), 'loads'],
    ['exceptions without a proxy', ec2('no_proxy = "a"'), 'loads'],
    ['an authority that is not there', ec2('tls_config {', 'ca_file = "none.pem"', '}'), 'loads'],
    ['a certificate without its key', ec2('tls_config {', 'cert_file = "none.pem"', '}'), [3]],
  ]);
});

describe('words that are not given', () => {
  loads([
    ['the level of a log from an empty variable', 'logging {\n  level = sys.env("NOT_SET")\n}', 'loads'],
    ['the format of a log from an empty variable', 'logging {\n  format = sys.env("NOT_SET")\n}', 'loads'],
    ['a level that is null', 'logging {\n  level = null\n}', 'loads'],
    ['a level that there is not', 'logging {\n  level = "loud"\n}', [2]],
    ['a detector that is empty', component('local.file', 'filename = "text.txt"', 'detector = ""'), 'loads'],
  ]);
});
