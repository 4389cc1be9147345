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
        assert.deepEqual(
          [...new Set(errorLines)].sort((a, b) => a - b),
          verdict,
          messages.join('\n'),
        );
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
    ['keys of Scaleway that are placeholders', scaleway('<project>', '<key>', '<secret>'), 'loads'],
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
      'loads',
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

describe('modules', () => {
  const empty = 'declare "m" {\n}\n';
  const each = (collection: string, ...template: readonly string[]) =>
    `foreach "f" {\n  collection = ${collection}\n  var = "item"\n  template {\n${template.join('\n')}\n  }\n}`;
  const dns = 'discovery.dns "d" {\n  names = [NAMES]\n}';
  const names = (text: string) => dns.replace('NAMES', text);
  const holds = (name: string, other: string) => `declare "${name}" {\n  ${other} "x" {\n  }\n}\n`;
  loads([
    ['a custom component without a label', `${empty}m {\n}`, 'loads'],
    ['two of them', `${empty}m {\n}\nm {\n}`, [3, 5]],
    ['an export without a label', 'declare "m" {\n  export "" {\n    value = 1\n  }\n}\nm "x" {\n}', 'loads'],
    [
      'an argument without a label that must be given',
      'declare "m" {\n  argument "" {\n  }\n}\nm "x" {\n}',
      [2, 5],
    ],
    [
      'an argument without a label that may be left out',
      'declare "m" {\n  argument "" {\n    optional = true\n  }\n}\nm "x" {\n}',
      'loads',
    ],
    ['a module called declare', 'declare "declare" {\n}', [1]],
    ['a module that holds itself and is not used', holds('a', 'a'), [2]],
    ['two modules that hold each other and are not used', holds('a', 'b') + holds('b', 'a'), [2, 6]],
    ['three modules in a circle', holds('a', 'b') + holds('b', 'c') + holds('c', 'a'), [2, 6, 10]],
    ['a module inside of another of its name', `declare "a" {\n  declare "a" {\n  }\n  a "x" {\n  }\n}`, [4]],
    [
      'an argument that is given twice',
      'declare "m" {\n  argument "a" {\n  }\n}\nm "x" {\n  a = 1\n  a = 2\n}',
      'loads',
    ],
    ['a text that needs what it brings', 'import.string "l" {\n  content = l.m.x.e\n}\nl.m "x" {\n}', [2, 4]],
    ['a mistake in the template for no item', each('[]', 'banana "b" {\n}'), 'loads'],
    ['a mistake in the template for an item', each('[1]', 'banana "b" {\n}'), [5]],
    ['an export in a template', each('[1]', 'export "e" {\n  value = item\n}'), 'loads'],
    [
      'an argument in a template that may be left out',
      each('[1]', 'argument "a" {\n  optional = true\n}'),
      'loads',
    ],
    ['an argument in a template that must be given', each('[1]', 'argument "a" {\n}'), [5]],
    [
      'a template before another',
      each('["a"]', names('nothing')).replace('template', 'template {\n  }\n  template'),
      [8],
    ],
    [
      'an item that hides a component which is referred to',
      `foreach "f" {\n  collection = ["a"]\n  var = "discovery"\n  template {\n${names('"a"')}\ndiscovery.relabel "r" {\n  targets = discovery.dns.d.targets\n}\n  }\n}`,
      [5, 8, 9],
    ],
    [
      'a file that is polled without a pause',
      'import.file "l" {\n  filename = "text.txt"\n  poll_frequency = "0s"\n}',
      [3],
    ],
    [
      'a component that there is not, and what refers to it',
      `banana.one "b" {\n}\n${names('banana.one.b.text')}`,
      [1, 4],
    ],
  ]);
});

describe('remotecfg', () => {
  loads([
    ['polled too often', 'remotecfg {\n  poll_frequency = "5s"\n}', [2]],
    ['an attribute that is reserved', 'remotecfg {\n  attributes = {"collector.os" = "x"}\n}', [2]],
    ['two ways to authenticate', 'remotecfg {\n  bearer_token = "a"\n  bearer_token_file = "b"\n}', [3]],
  ]);
});
