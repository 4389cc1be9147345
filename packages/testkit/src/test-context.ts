import type { ComponentContext } from '@pewter/runtime';
import { Registry } from 'prom-client';
import { type LogLine, recordingLogger } from './recording-logger.ts';
import { type TestOutside, testOutside } from './test-outside.ts';

/** What a component under test is given, with all that the test may look at or move. */
export interface TestContext<E> extends ComponentContext<E>, TestOutside {
  readonly clock: TestOutside['clock'];
  readonly files: TestOutside['files'];
  readonly environment: TestOutside['environment'];
  /** Every call of `setExports`, oldest first. */
  readonly exported: readonly E[];
  /** Every line that the component logged through its context. */
  readonly lines: readonly LogLine[];
}

type Overrides<E> = Partial<Omit<TestContext<E>, 'exported' | 'lines'>>;

/** A context for a component that a test builds itself, without a runtime. */
export function testContext<E>(overrides: Overrides<E> = {}): TestContext<E> {
  const exported: E[] = [];
  const { logger, lines } = recordingLogger();
  return {
    ...testOutside(),
    id: 'test.component.x',
    logger,
    metrics: new Registry(),
    dataPath: '/nonexistent/test.component.x',
    setExports: (exports) => void exported.push(exports),
    ...overrides,
    exported,
    lines,
  };
}
