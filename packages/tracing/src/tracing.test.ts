import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { otlpEndpoint } from './otlp-endpoint.ts';
import { Tracing } from './tracing.ts';

const endpoint = (variables: Readonly<Record<string, string>>) => otlpEndpoint((name) => variables[name]);

test('spans go where the variables of OpenTelemetry say', () => {
  assert.equal(endpoint({}), undefined);
  assert.equal(endpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/' }), 'http://c:4318/v1/traces');
  const traces = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://t/x',
  };
  assert.equal(endpoint(traces), 'http://t/x');
});

test('nobody has spans before a block asks for them, and after it is gone', async () => {
  const tracing = new Tracing({
    variable: () => 'http://127.0.0.1:1',
    service: { name: 'test', version: '1' },
    warn: () => undefined,
  });
  assert.equal(tracing.start('a'), undefined);
  tracing.configure({ sampling_fraction: 0, send_traceparent: true });
  assert.equal(tracing.start('a'), undefined);
  tracing.configure({ sampling_fraction: 1, send_traceparent: true });
  while (tracing.start('a') === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  const parent = tracing.start('a');
  const child = tracing.start('b', { parent });
  const [, trace] = /^00-([0-9a-f]{32})-[0-9a-f]{16}-01$/.exec(parent?.headers.traceparent ?? '') ?? [];
  assert.ok(trace !== undefined && child?.headers.traceparent?.includes(trace));
  tracing.configure(undefined);
  assert.equal(tracing.start('a'), undefined);
  await tracing.close(AbortSignal.abort());
});

test('OpenTelemetry is not loaded where no spans are wanted, or there is nowhere to send them', async () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier.startsWith('@opentelemetry')) loaded.add(specifier);
        return next(specifier, context);
      },
    });
    const { Tracing } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
    const options = { service: { name: 't', version: '1' }, warn() {} };
    const off = new Tracing({ ...options, variable: () => 'http://127.0.0.1:1' });
    off.configure(undefined);
    off.configure({ sampling_fraction: 0, send_traceparent: true });
    const nowhere = new Tracing({ ...options, variable: () => undefined });
    nowhere.configure({ sampling_fraction: 1, send_traceparent: true });
    await nowhere.close(AbortSignal.timeout(1000));
    console.log([...loaded].join());`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.equal(await text(child.stdout), '\n');
});
