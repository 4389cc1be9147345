import {
  type BodySchema,
  body,
  type CapsuleKind,
  capsule,
  duration,
  int,
  list,
  optional,
  optionalSecret,
  required,
  string,
  withDefault,
} from '@pewter/language';
import {
  type Component,
  type ComponentContext,
  type ComponentDefinition,
  type ComponentImplementation,
  type ComponentRegistry,
  registryOf,
  type Stability,
} from '@pewter/runtime';
import { Counter } from 'prom-client';

/** One thing that happened to a fake component: `build fake.source.a`. */
export type FakeEvent = `${'build' | 'update' | 'run' | 'stopped'} ${string}`;

/** A receiver as pipelines pass them on; nothing is ever sent to it. */
export interface FakeReceiver {
  readonly id: string;
}

/** The capsule kind of what `fake.sink` exports. */
export const fakeReceiverKind: CapsuleKind<FakeReceiver> = { name: 'fake.receiver' };

type Part = 'build' | 'update' | 'run' | 'health' | 'debug_info' | 'exports' | 'early_end';

/**
 * Components that do nothing but take part, for tests of the graph:
 *
 * - `fake.source` exports its `value`; a test exports others through {@link FakeComponents.export}.
 * - `fake.passthrough` exports its `input` as `output`.
 * - `fake.join` exports its `inputs`, joined by commas, as `output`.
 * - `fake.count` exports `count`, one more each `frequency`.
 * - `fake.sink` exports a `receiver`; `fake.writer` takes receivers in `forward_to`.
 * - `fake.failing` throws in the part named by `in`.
 * - `fake.experimental` is experimental.
 * - `fake.measured` has a metric, `fake_built_total`.
 */
export class FakeComponents {
  readonly registry: ComponentRegistry;
  /** What happened, oldest first. */
  readonly events: FakeEvent[] = [];
  /** How long an aborted `run` goes on, in milliseconds on the context's clock, by component id. */
  readonly drain = new Map<string, number>();
  readonly #contexts = new Map<string, ComponentContext>();

  constructor() {
    this.registry = registryOf([
      this.#source(),
      this.#passthrough('fake.passthrough', 'generally-available'),
      this.#passthrough('fake.experimental', 'experimental'),
      this.#join(),
      this.#count(),
      this.#sink(),
      this.#writer(),
      this.#failing(),
      this.#measured(),
    ] as ComponentDefinition[]);
  }

  /** Exports from outside of the component, as its own work would. */
  export(id: string, exports: unknown): void {
    this.#contexts.get(id)?.setExports(exports);
  }

  /** The context that a component was last built with. */
  context(id: string): ComponentContext | undefined {
    return this.#contexts.get(id);
  }

  /** The events since the last call, and forgets them. */
  takeEvents(): FakeEvent[] {
    return this.events.splice(0);
  }

  #define<A, E>(
    name: string,
    schemas: { readonly arguments: BodySchema<A>; readonly exports: BodySchema<E> },
    apply: (args: A, context: ComponentContext<E>) => void,
    parts: Partial<Component<A>> = {},
    stability: Stability = 'generally-available',
  ): FakeDefinition<A, E> {
    const build = (context: ComponentContext<E>, args: A): Component<A> => {
      this.events.push(`build ${context.id}`);
      this.#contexts.set(context.id, context as ComponentContext);
      apply(args, context);
      return {
        run: (signal) => this.#run(context, signal),
        update: (next) => {
          this.events.push(`update ${context.id}`);
          apply(next, context);
        },
        ...parts,
      };
    };
    return { name, stability, ...schemas, build, implementation: () => Promise.resolve({ build }) };
  }

  async #run({ id, clock }: ComponentContext<never>, signal: AbortSignal): Promise<void> {
    this.events.push(`run ${id}`);
    if (!signal.aborted) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    }
    const drain = this.drain.get(id);
    if (drain !== undefined) await new Promise<void>((resolve) => clock.setTimeout(resolve, drain));
    this.events.push(`stopped ${id}`);
  }

  #source() {
    const schemas = {
      arguments: body({ value: withDefault(string, ''), password: optional(optionalSecret) }),
      exports: body({ value: required(string) }),
    };
    return this.#define('fake.source', schemas, ({ value }, context) => context.setExports({ value }));
  }

  #passthrough(name: string, stability: Stability) {
    const schemas = {
      arguments: body({ input: required(string), other: optional(string) }),
      exports: body({ output: required(string) }),
    };
    const apply = ({ input }: { input: string }, context: ComponentContext<{ output: string }>) =>
      context.setExports({ output: input });
    return this.#define(name, schemas, apply, {}, stability);
  }

  #join() {
    const schemas = {
      arguments: body({ inputs: required(list(string)) }),
      exports: body({ output: required(string) }),
    };
    return this.#define('fake.join', schemas, ({ inputs }, context) => {
      context.setExports({ output: inputs.join() });
    });
  }

  #count() {
    const schemas = {
      arguments: body({ frequency: withDefault(duration, '1s') }),
      exports: body({ count: required(int) }),
    };
    const definition = this.#define('fake.count', schemas, (_, context) => context.setExports({ count: 0 }));
    const build: typeof definition.build = (context, args) => {
      const component = definition.build(context, args);
      const run = async (signal: AbortSignal) => {
        const cancel = every(args.frequency, context, (count) => context.setExports({ count }));
        await component.run(signal);
        cancel();
      };
      return { ...component, run };
    };
    return { ...definition, build, implementation: () => Promise.resolve({ build }) };
  }

  #sink() {
    const schemas = { arguments: body({}), exports: body({ receiver: required(capsule(fakeReceiverKind)) }) };
    return this.#define('fake.sink', schemas, (_, context) => {
      context.setExports({ receiver: { id: context.id } });
    });
  }

  #writer() {
    const schemas = {
      arguments: body({ forward_to: required(list(capsule(fakeReceiverKind))), input: optional(string) }),
      exports: body({}),
    };
    return this.#define('fake.writer', schemas, () => {});
  }

  #measured() {
    const schemas = { arguments: body({}), exports: body({}) };
    return this.#define('fake.measured', schemas, (_, { metrics }) => {
      if (metrics.getSingleMetric('fake_built_total') !== undefined) return;
      new Counter({ name: 'fake_built_total', help: 'Builds.', registers: [metrics] }).inc();
    });
  }

  #failing() {
    const schemas = {
      arguments: body({ in: required(string), input: withDefault(string, '') }),
      exports: body({ output: required(string) }),
    };
    const fail = (part: Part) => {
      throw new Error(`fails in ${part}`);
    };
    const definition = this.#define('fake.failing', schemas, (args, { setExports }) =>
      setExports({ output: args.input }),
    );
    const build: typeof definition.build = (context, args) => {
      const part = args.in as Part;
      if (part === 'build') fail(part);
      const component = definition.build(context, args);
      return {
        ...component,
        update: (next) => (part === 'update' ? fail(part) : component.update(next)),
        run: (signal) => {
          if (part === 'exports') context.setExports(unreadable);
          return failingRun(part, component, signal, () => fail(part));
        },
        health: () => (part === 'health' ? fail(part) : undefined),
        debugInfo: () => (part === 'debug_info' ? fail(part) : undefined),
      };
    };
    return { ...definition, build, implementation: () => Promise.resolve({ build }) };
  }
}

/** A definition whose code stands right in it. */
type FakeDefinition<A, E> = ComponentDefinition<A, E> & ComponentImplementation<A, E>;

/** Exports that throw when they are read. */
const unreadable = {
  get output(): string {
    throw new Error('fails in exports');
  },
};

function failingRun(part: Part, component: Component, signal: AbortSignal, fail: () => never): Promise<void> {
  if (part === 'run') fail();
  return part === 'early_end' ? Promise.resolve() : component.run(signal);
}

function every(
  milliseconds: number,
  { clock }: ComponentContext<never>,
  tick: (count: number) => void,
): () => void {
  let count = 0;
  let cancel = clock.setTimeout(step, milliseconds);
  function step() {
    tick(++count);
    cancel = clock.setTimeout(step, milliseconds);
  }
  return () => cancel();
}
