import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type BodySchema, decodeBody, EvaluationError, standardLibrary } from '@pewter/language';
import { parse, SourceFile } from '@pewter/syntax';
import { componentSchema, type Kinds, nominalKinds } from '../index.ts';

/** The texts of what is wrong with the arguments of a component. */
function wrong(component: string, text: string, kinds: Kinds = nominalKinds): readonly string[] {
  const schema: BodySchema | undefined = componentSchema(component, kinds)?.arguments;
  assert.ok(schema);
  const source = new SourceFile('a.alloy', text);
  const { file } = parse(source);
  const at = { source, range: file.range, name: component };
  const { diagnostics } = decodeBody(file.body, schema, standardLibrary(), at, { checking: true });
  return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

describe('one of several', () => {
  test('at most one may be given, and a zero value counts as none', () => {
    const two = 'datacenter_id = "d"\nbearer_token = "t"\nbasic_auth {\n}\n';
    assert.deepEqual(wrong('discovery.ionos', two), [
      '`basic_auth` and `bearer_token` are given, and only one may be',
    ]);
    assert.deepEqual(wrong('discovery.ionos', two.replace('"t"', '""')), []);
  });

  test('a block counts whatever is in it, and an attribute only when its value is known', () => {
    const auth = (token: string) =>
      `datacenter_id = "d"\nbearer_token = ${token}\nbasic_auth {\n  password = sys.env("P")\n}\n`;
    assert.equal(wrong('discovery.ionos', auth('"t"')).length, 1);
    assert.deepEqual(wrong('discovery.ionos', auth('sys.env("T")')), []);
  });

  test('one must be given, unless it cannot be known', () => {
    const message = 'one of `bearer_token` or `bearer_token_file` must be given';
    assert.deepEqual(wrong('discovery.digitalocean', ''), [message]);
    assert.deepEqual(wrong('discovery.digitalocean', 'bearer_token = sys.env("T")'), []);
    assert.deepEqual(wrong('discovery.digitalocean', 'bearer_token_file = "/t"'), []);
  });
});

describe('values', () => {
  test('must be among the words that are accepted, in lists too', () => {
    const role = (text: string) => `host = "unix:///run/docker.sock"\nrole = ${text}\n`;
    assert.deepEqual(wrong('discovery.dockerswarm', role('"pods"')), ['`role` cannot be `pods`']);
    assert.deepEqual(wrong('discovery.dockerswarm', role('"tasks"')), []);
    assert.deepEqual(wrong('discovery.dockerswarm', role('sys.env("ROLE")')), []);
  });

  test('must be above zero, where an omitted one has a default', () => {
    assert.deepEqual(wrong('discovery.kuma', 'server = "http://k:5676"\nfetch_timeout = "0s"'), [
      '`fetch_timeout` must be greater than zero',
    ]);
    assert.deepEqual(wrong('discovery.kuma', 'server = "http://k:5676"'), []);
  });

  test('must be regular expressions where the reference compiles them', () => {
    const checkRegexp = (text: string) => {
      if (text.includes('(?=')) throw new EvaluationError('E0315', 'no look-ahead');
    };
    const kinds = { ...nominalKinds, checkRegexp };
    const stage = (text: string) =>
      `forward_to = []\nstage.match {\n  selector = "{}"\n  stage.regex {\n    expression = ${text}\n  }\n}\n`;
    assert.deepEqual(wrong('loki.process', stage('"a(?=b)"'), kinds), ['`expression`: no look-ahead']);
    assert.deepEqual(wrong('loki.process', stage('"(?P<a>.*)"'), kinds), []);
  });
});

test('a rule of one component does not reach another with the same blocks', () => {
  const two = 'url = "http://h"\nbearer_token = "t"\nbasic_auth {\n}\n';
  assert.deepEqual(wrong('discovery.http', two), []);
});
