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

  test('is not one whose parameter has a name that no label could have', () => {
    assert.match(one({ __address__: 'h:1' }, { params: new Map([['dash-ed', ['1']]]) }).url, /\?dash-ed=1$/);
  });
});
