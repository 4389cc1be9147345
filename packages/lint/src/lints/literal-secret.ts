import type { BodySchema, Type } from '@pewter/language';
import { type Attribute, type Body, blockName, type Expression } from '@pewter/syntax';
import type { Lint, PlacedFinding } from '../lint.ts';
import { attributeOf, textOf } from '../literal.ts';
import type { Scope } from '../scope.ts';
import { SecretArguments } from '../secret-arguments.ts';
import { isSecretText, isSecretValueOf, urlSecret } from '../secret-text.ts';

/** Credentials in the text of a config, where everyone who reads it can. */
export const literalSecret: Lint = {
  name: 'literal-secret',
  code: 'W0526',
  about: 'a secret written out in the config',
  *check(scope, { argumentsOf }) {
    const modules = new SecretArguments(argumentsOf);
    for (const { name, block, part } of scope.blocks) {
      const schema = argumentsOf(name);
      const module = scope.declares.get(name);
      const found =
        schema !== undefined
          ? secretsIn(block.body, schema)
          : module === undefined
            ? []
            : handedOver(block.body, modules.of(module, scope.declares));
      for (const one of found) yield { at: part, ...findingOf(one) };
    }
    yield* defaultsOf(scope, modules);
  },
};

/** A secret in the text: the value, and what the text calls it. */
interface Written {
  readonly name: string;
  readonly value: Expression;
  /** It stands inside of a URL. */
  readonly url?: true;
  /** Its type is no secret, so that it takes none. */
  readonly plain: boolean;
}

function findingOf({ name, value, url, plain }: Written) {
  return {
    range: value.range,
    message:
      url === true
        ? `the URL of \`${name}\` has a secret in it that is written out here`
        : `\`${name}\` is a secret, and written out here`,
    hint: `take it from outside, as in \`sys.env("NAME")\`${plain ? '' : ' or a `local.file` with `is_secret = true`'}`,
  };
}

function secretsIn(body: Body, schema: BodySchema): readonly Written[] {
  return body.flatMap((statement): readonly Written[] => {
    const name = statement.kind === 'attribute' ? statement.name.name : blockName(statement);
    const field = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
    if (statement.kind === 'block')
      return field?.kind === 'block' ? secretsIn(statement.body, field.body) : [];
    return field?.kind === 'attribute' ? secretsOf(name, statement.value, field.type) : [];
  });
}

/** The secrets that a value of a type has written out, however deep in it. */
function secretsOf(name: string, value: Expression, type: Type): readonly Written[] {
  if (value.kind === 'paren') return secretsOf(name, value.inner, type);
  if (value.kind === 'array') {
    const element = typeof type === 'object' && 'list' in type ? type.list : undefined;
    return element === undefined ? [] : value.elements.flatMap((one) => secretsOf(name, one, element));
  }
  if (value.kind === 'object') return secretFields(name, value, type);
  const text = textOf(value);
  if (text === undefined) return [];
  if (type === 'secret') return isSecretText(text) ? [{ name, value, plain: false }] : [];
  return urlSecret(text) === undefined ? [] : [{ name, value, url: true, plain: true }];
}

function secretFields(
  name: string,
  { fields }: Extract<Expression, { kind: 'object' }>,
  type: Type,
): readonly Written[] {
  if (typeof type !== 'object') return [];
  const isNamed = 'capsule' in type || /(?:headers?|^params)$/.test(name);
  return fields.flatMap((field): readonly Written[] => {
    if ('object' in type) {
      const inner = type.object.fields[field.name];
      return inner?.kind === 'attribute' ? secretsOf(field.name, field.value, inner.type) : [];
    }
    if ('map' in type && !isNamed) return secretsOf(`${name}.${field.name}`, field.value, type.map);
    if (!isNamed) return [];
    // Few headers, parameters and labels of targets are credentials, whatever the type of them all.
    return elementsOf(field.value)
      .filter((value) => isSecretValueOf(field.name, textOf(value) ?? ''))
      .map((value) => ({ name: `${name}.${field.name}`, value, plain: !holdsSecrets(type) }));
  });
}

function holdsSecrets(type: Type): boolean {
  if (typeof type === 'string') return type === 'secret';
  if ('map' in type) return holdsSecrets(type.map);
  return 'list' in type && holdsSecrets(type.list);
}

/** One value, or those of a list. */
function elementsOf(value: Expression): readonly Expression[] {
  if (value.kind === 'paren') return elementsOf(value.inner);
  return value.kind === 'array' ? value.elements : [value];
}

/** The secrets that are given to a module, by those of its arguments that become one. */
function handedOver(body: Body, secret: ReadonlySet<string>): readonly Written[] {
  return body
    .filter((one): one is Attribute => one.kind === 'attribute' && secret.has(one.name.name))
    .flatMap(({ name, value }) => secretsOf(name.name, value, 'secret'));
}

/** The secrets that a module has for a default of its arguments. */
function* defaultsOf(scope: Scope, modules: SecretArguments): Iterable<PlacedFinding> {
  if (scope.module === undefined) return;
  const secret = modules.of(scope.module, scope.declares);
  for (const { name, block, part } of scope.blocks) {
    const label = block.label?.value ?? '';
    const value =
      name === 'argument' && secret.has(label) ? attributeOf(block.body, 'default')?.value : undefined;
    if (value === undefined) continue;
    for (const one of secretsOf(label, value, 'secret')) yield { at: part, ...findingOf(one) };
  }
}
