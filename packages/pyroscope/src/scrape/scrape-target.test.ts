import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builtinTypes } from './profile-types.ts';
import { buildTargets, type TargetSettings } from './scrape-target.ts';

const only = (block: string) => builtinTypes.map((type) => ({ ...type, enabled: type.block === block }));

const settings: TargetSettings = {
  jobName: '',
  scheme: 'http',
  pathPrefix: '',
  params: new Map(),
  deltaSeconds: 14,
  types: only('goroutine'),
};

function build(labels: Record<string, string>, over: Partial<TargetSettings> = {}) {
  return buildTargets(Object.entries(labels), { ...settings, ...over });
}

function one(labels: Record<string, string>, over: Partial<TargetSettings> = {}) {
  const built = build(labels, over);
  assert.ok(built.targets[0], built.refused[0]?.problem ?? 'no target');
  return built.targets[0];
}

describe('the targets of a process', () => {
  test('are by default the five documented endpoints', () => {
    const built = build({ __address__: 'h:1' }, { types: builtinTypes });
    assert.deepEqual(built.targets.map(({ url }) => url.slice('http://h:1'.length)).sort(), [
      '/debug/pprof/allocs',
      '/debug/pprof/block',
      '/debug/pprof/goroutine',
      '/debug/pprof/mutex',
      '/debug/pprof/profile?seconds=14',
    ]);
  });

  test('carry all labels of the target for the components behind, and name this program', () => {
    const names = one({ __address__: 'h:1', service_name: 's', __meta_x: 'y', empty: '' }).pushLabels;
    assert.deepEqual(
      names.map(({ name, value }) => (name === 'otel.scope.version' ? name : `${name}=${value}`)),
      [
        '__address__=h:1',
        '__meta_x=y',
        '__name__=goroutine',
        '__profile_path__=/debug/pprof/goroutine',
        '__scheme__=http',
        'instance=h:1',
        'otel.scope.name=pewter/pyroscope.scrape',
        'otel.scope.version',
        'service_name=s',
      ],
    );
  });

  test("keep the target's own otel.scope.name and then get no version", () => {
    const { pushLabels } = one({ __address__: 'h:1', 'otel.scope.name': 'mine' });
    assert.deepEqual(
      pushLabels.filter(({ name }) => name.startsWith('otel')),
      [{ name: 'otel.scope.name', value: 'mine' }],
    );
  });

  test('mix params and __param_ labels without one target seeing those of another', () => {
    const params = new Map([
      ['debug', ['0', '1']],
      ['z', ['last']],
      ['a', []],
      ['e_e', ['é &=']],
    ]);
    const a = one({ __address__: 'h:1', __param_x: 'a b&c', __param_debug: '9' }, { params });
    const b = one({ __address__: 'h:1' }, { params });
    assert.equal(
      a.url,
      'http://h:1/debug/pprof/goroutine?debug=0&debug=1&e_e=%C3%A9+%26%3D&x=a+b%26c&z=last',
    );
    assert.equal(b.url, 'http://h:1/debug/pprof/goroutine?debug=0&debug=1&e_e=%C3%A9+%26%3D&z=last');
  });

  for (const [prefix, path, expected] of [
    ['', '', ''],
    ['', '/', '/'],
    ['', 'a', '/a'],
    ['/pre/', '', '/pre'],
    ['pre', '/a/', '/pre/a/'],
    ['//x', '../a//b/.', '/a/b'],
    ['', '/a?b#c', '/a%3Fb%23c'],
    ['', '/ä b', '/%C3%A4%20b'],
    ['', '/a%20b/%2Fc', '/a%20b/%2Fc'],
    ['', '/%e4 b', '/%E4%20b'],
    ['', '/50%', '/50%25'],
    ['', "/[x]*('y')", "/[x]*('y')"],
    ['', '/[x] y', '/%5Bx%5D%20y'],
  ] as const)
    test(`join the prefix ${JSON.stringify(prefix)} and the path ${JSON.stringify(path)} as Go does`, () => {
      const types = only('goroutine').map((type) => ({ ...type, path }));
      const { url, labels } = one({ __address__: 'h:1' }, { types, pathPrefix: prefix });
      assert.equal(url, `http://h:1${expected}`);
      assert.equal(
        labels.find(({ name }) => name === '__profile_path__')?.value,
        path === '' ? undefined : path,
      );
    });

  test('are of the kind that __name__ says, whatever block they come from', () => {
    const labelled = (name: string) => {
      const { url, labels, cumulative, measured } = one({ __address__: 'h:1', __name__: name });
      const sent = labels.find((label) => label.name === '__name__')?.value;
      return [sent, new URL(url).search, cumulative, measured];
    };
    assert.deepEqual(labelled('mine'), ['mine', '', undefined, false]);
    assert.deepEqual(labelled('memory'), ['memory', '', 'memory', false]);
    assert.deepEqual(labelled('godeltaprof_mutex'), ['mutex', '', undefined, false]);
    assert.deepEqual(labelled('process_cpu'), ['process_cpu', '?seconds=14', undefined, true]);
  });

  test('are measured for the seconds of their own label, and longer waited for where params has seconds', () => {
    const labelled = one({ __address__: 'h:1', __param_seconds: '9' }, { types: only('process_cpu') });
    assert.equal(new URL(labelled.url).search, '?seconds=9');
    const asked = one({ __address__: 'h:1' }, { params: new Map([['seconds', ['5']]]) });
    assert.deepEqual([new URL(asked.url).search, asked.measured], ['?seconds=5', true]);
  });

  test('lose a parameter of their own where params has an empty one', () => {
    const params = new Map([['debug', ['']]]);
    const { url, labels } = one({ __address__: 'h:1', __param_debug: '1' }, { params });
    assert.equal(new URL(url).search, '?debug=');
    assert.ok(!labels.some(({ name }) => name === '__param_debug'));
  });

  test('keep their identity when only the measured seconds change', () => {
    const types = only('process_cpu');
    const [a, b] = [
      one({ __address__: 'h:1' }, { types }),
      one({ __address__: 'h:1' }, { types, deltaSeconds: 9 }),
    ];
    assert.notEqual(a.hash, b.hash);
    assert.equal(a.identity, b.identity);
  });
});

describe('a target that cannot be scraped', () => {
  for (const [name, labels, problem] of [
    ['no address', { service_name: 's' }, /no address/],
    ['a URL for an address', { __address__: 'http://127.0.0.1:80' }, /not a valid address/],
    ['an address with a path', { __address__: 'h:1/x' }, /not a valid address/],
    ['a scheme of another kind', { __address__: 'h:1', __scheme__: 'ftp' }, /invalid scheme "ftp"/],
    ['a label that servers refuse', { __address__: 'h:1', 'bad-name': '1' }, /invalid label name "bad-name"/],
  ] as const) {
    test(`is refused alone and says why: ${name}`, () => {
      const built = build(labels);
      assert.match(built.refused[0]?.problem ?? '', problem);
      assert.deepEqual(built.targets, []);
    });
  }

  for (const [address, url] of [
    ['h:http', 'http://h:http/debug/pprof/goroutine'],
    ['::1', 'http://::1/debug/pprof/goroutine'],
    ['h:http?a', 'http://h:http%3Fa/debug/pprof/goroutine'],
  ] as const)
    test(`is shown with the URL and the labels that it would have: ${address}`, () => {
      const [refused] = build({ __address__: address }).refused;
      assert.match(refused?.problem ?? '', /not a valid address/);
      assert.equal(refused?.url, url);
      assert.ok(refused.labels.some(({ name, value }) => name === 'instance' && value === address));
    });

  test('shows no user and password that its address has and should not', () => {
    for (const address of ['u:hunter2@h:1', 'http://u:hunter2@h:1', 'hunter2@h']) {
      const { refused } = build({ __address__: address });
      assert.match(refused[0]?.problem ?? '', /"(http:\/\/)?xxxxx@h.*" is not a valid address/);
      assert.doesNotMatch(JSON.stringify(refused), /hunter2/);
    }
  });

  test('is not one whose port is left to the scheme', () => {
    assert.equal(new URL(one({ __address__: 'h:' }).url).host, 'h');
  });

  test('is not one whose parameter has a name that no label could have', () => {
    assert.match(one({ __address__: 'h:1' }, { params: new Map([['dash-ed', ['1']]]) }).url, /\?dash-ed=1$/);
  });
});
