import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ComponentContext, errorText } from '@pewter/runtime';
import { testContext } from '@pewter/testkit';
import { refreshInterval } from './positive.ts';
import { refreshingComponent } from './refresh-loop.ts';
import type { TargetExports } from './target-exports.ts';

describe('a refresh interval', () => {
  test('of zero is refused, below zero a warning, above it fine', () => {
    const said = (value: number) => refreshInterval.check({ refresh_interval: value }, new Set());
    assert.equal(said(0)?.severity, undefined);
    assert.match(said(0)?.message ?? '', /greater than zero/);
    assert.equal(said(-5000)?.severity, 'warning');
    assert.equal(said(1), undefined);
  });

  test('below zero never comes due: targets are looked for once', async () => {
    const context = testContext<TargetExports>();
    let looked = 0;
    const source = {
      interval: -5000,
      refresh: async () => {
        looked++;
        return { targets: [] };
      },
      close: async () => {},
    };
    const component = refreshingComponent(
      'test',
      context as ComponentContext<TargetExports>,
      {},
      () => source,
    );
    const end = new AbortController();
    const running = component.run(end.signal).catch(errorText);
    await context.clock.advance(3_600_000);
    assert.equal(looked, 1);
    end.abort();
    assert.equal(await running, undefined);
    assert.equal(context.clock.pending, 0);
  });
});
