import type { BodySchema } from '@pewter/language';
import { type Body, blockName, type Expression, walk } from '@pewter/syntax';

/** Modules by their names, as a scope sees them. */
export type Declares = ReadonlyMap<string, Body>;

/** Finds which arguments of a module become secrets: they are used in a value that is one, here or in a module further in. */
export class SecretArguments {
  readonly #schemaOf: (component: string) => BodySchema | undefined;
  readonly #known = new Map<Body, ReadonlySet<string>>();

  constructor(schemaOf: (component: string) => BodySchema | undefined) {
    this.#schemaOf = schemaOf;
  }

  /** @param declares the modules that this one sees */
  of(module: Body, declares: Declares): ReadonlySet<string> {
    const known = this.#known.get(module);
    if (known !== undefined) return known;
    const found = new Set<string>();
    // A module that uses itself is refused elsewhere; here it adds nothing.
    this.#known.set(module, found);
    const inside = new Map([...declares, ...declaresIn(module)]);
    for (const value of this.#secretsIn(module, inside)) {
      for (const name of argumentsIn(value)) found.add(name);
    }
    return found;
  }

  /** The expressions of secrets in the blocks of a body. */
  *#secretsIn(body: Body, declares: Declares): Iterable<Expression> {
    for (const block of body) {
      if (block.kind !== 'block') continue;
      const name = blockName(block);
      const schema = this.#schemaOf(name);
      const module = declares.get(name);
      if (name === 'foreach' || name === 'template') yield* this.#secretsIn(block.body, declares);
      else if (schema !== undefined) yield* secretValues(block.body, schema);
      else if (module !== undefined) {
        const secret = this.of(module, declares);
        for (const one of block.body)
          if (one.kind === 'attribute' && secret.has(one.name.name)) yield one.value;
      }
    }
  }
}

/** The modules that a body declares. */
export function declaresIn(body: Body): Declares {
  return new Map(
    body.flatMap((one) =>
      one.kind === 'block' && blockName(one) === 'declare' && one.label !== undefined
        ? [[one.label.value, one.body] as const]
        : [],
    ),
  );
}

function* secretValues(body: Body, { fields }: BodySchema): Iterable<Expression> {
  for (const one of body) {
    const name = one.kind === 'attribute' ? one.name.name : blockName(one);
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (one.kind === 'block' && field?.kind === 'block') yield* secretValues(one.body, field.body);
    if (one.kind === 'attribute' && field?.kind === 'attribute' && field.type === 'secret') yield one.value;
  }
}

/** The arguments that an expression refers to: the name in `argument.NAME.value`. */
function argumentsIn(expression: Expression): readonly string[] {
  const names: string[] = [];
  walk(expression, (node) => {
    if (node.kind === 'access' && node.object.kind === 'identifier' && node.object.name === 'argument')
      names.push(node.name.name);
  });
  return names;
}
