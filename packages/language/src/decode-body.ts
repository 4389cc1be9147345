import {
  type Attribute,
  type Block,
  type Body,
  blockName,
  type Diagnostic,
  type Range,
  type SourceFile,
} from '@pewter/syntax';
import { checkRules } from './check-rules.ts';
import { type DecodeContext, decodeValue, failed, unknown } from './decode-value.ts';
import { defaultOf } from './default.ts';
import { EvaluationError } from './error.ts';
import { evaluate } from './evaluate.ts';
import { fieldList } from './field-list.ts';
import { missingHint } from './missing-hint.ts';
import type { Problem } from './problem.ts';
import type { BlockField, BodySchema, Field } from './schema.ts';
import type { Scope } from './scope.ts';
import { headRange, type Misplaced, sortStatements } from './sort-statements.ts';

/** Where a body stands and what it is, for diagnostics. */
export interface BodyPlace {
  readonly source: SourceFile;
  /** What is pointed at when something is missing: the name of the block and its label. */
  readonly range: Range;
  /** The name of the component or block. */
  readonly name: string;
}

export interface DecodeOptions {
  /** Checking without running: also warn of what other interpreters of the language may read otherwise. */
  readonly checking?: boolean;
}

/** The decoded body, absent when something is wrong or not known yet, and all that is wrong. */
export interface Decoded<T> {
  readonly value?: T;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Evaluates and decodes the statements of a body by its schema. Reports every problem, not only the first. An
 * attribute whose value is a hole is checked as far as its type is known; the body then has no `value`.
 */
export function decodeBody<T>(
  body: Body,
  schema: BodySchema<T>,
  scope: Scope,
  at: BodyPlace,
  options: DecodeOptions = {},
): Decoded<T> {
  const decoder = new BodyDecoder(scope, at.source, options.checking ?? false);
  const value = decoder.decode(body, schema, at.range, at.name);
  if (value === failed || value === unknown) return { diagnostics: decoder.diagnostics };
  return { value: value as T, diagnostics: decoder.diagnostics };
}

const none: readonly Block[] = [];

/** Where the fields of a body stand, for rules between them. */
function placesOf(
  attributes: ReadonlyMap<string, Attribute>,
  blocks: ReadonlyMap<string, readonly Block[]>,
  range: Range,
): ReadonlyMap<string, Range> {
  const places = new Map<string, Range>();
  for (const [key, attribute] of attributes) places.set(key, attribute.value.range);
  for (const [key, [first]] of blocks) places.set(key, first === undefined ? range : headRange(first));
  return places;
}

class BodyDecoder {
  readonly diagnostics: Diagnostic[] = [];
  readonly #scope: Scope;
  readonly #source: SourceFile;
  readonly #context: DecodeContext;

  constructor(scope: Scope, source: SourceFile, checking: boolean) {
    this.#scope = scope;
    this.#source = source;
    this.#context = {
      checking,
      error: (problem, place) => this.#error(problem, place.range),
      warn: (problem, place) => {
        if (checking) this.#report('warning', problem, place.range);
      },
    };
  }

  decode(body: Body, schema: BodySchema, range: Range, name: string): unknown {
    const before = this.diagnostics.length;
    const { attributes, blocks, misplaced } = sortStatements(body, schema, name);
    for (const problem of misplaced) this.#misplaced(problem);
    const record: Record<string, unknown> = {};
    const at = { range, name };
    for (const [key, field] of fieldList(schema)) {
      record[key] = this.#field(key, field, attributes.get(key), blocks.get(key) ?? none, at);
    }
    // What a statement that does not belong here was meant for is not known: a rule might miss just that.
    if (misplaced.length === 0) this.#rules(schema, record, placesOf(attributes, blocks, range), range);
    for (let index = before; index < this.diagnostics.length; index++)
      if (this.diagnostics[index]?.severity === 'error') return failed;
    for (const key in record) if (record[key] === unknown) return unknown;
    return record;
  }

  #rules(
    schema: BodySchema,
    record: Readonly<Record<string, unknown>>,
    places: ReadonlyMap<string, Range>,
    range: Range,
  ): void {
    for (const { violation, at } of checkRules(schema, record, places)) {
      const absent = at === undefined && violation.field !== undefined ? violation.field : '';
      const field = schema.fields[absent];
      const hint = violation.hint ?? (field && missingHint(absent, field));
      const problem = { code: violation.code ?? 'E0501', ...violation, hint };
      if (violation.severity !== 'warning') this.#error(problem, at ?? range);
      else if (this.#context.checking) this.#report('warning', problem, at ?? range);
    }
  }

  #field(
    name: string,
    field: Field,
    attribute: Attribute | undefined,
    blocks: readonly Block[],
    body: { range: Range; name: string },
  ): unknown {
    if (field.kind === 'attribute' && attribute !== undefined) return this.#attribute(attribute, field);
    if (field.kind === 'block' && blocks.length > 0) return this.#blockField(blocks, field);
    if (!field.required) return defaultOf(field);
    const what = field.kind === 'attribute' ? 'argument' : 'block';
    this.#error(
      {
        code: 'E0401',
        message: `the required ${what} \`${name}\` of \`${body.name}\` is missing`,
        hint: missingHint(name, field),
      },
      body.range,
    );
    return failed;
  }

  #attribute(attribute: Attribute, field: Extract<Field, { kind: 'attribute' }>): unknown {
    const expression = attribute.value;
    try {
      const value = evaluate(expression, this.#scope, (warning) =>
        this.#report('warning', warning, warning.range),
      );
      if (value === null && !field.required && field.default === undefined) return undefined;
      const place = { expression, range: expression.range, name: attribute.name.name };
      return decodeValue(value, field.type, place, this.#context);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      this.#error(error, error.range ?? expression.range);
      return failed;
    }
  }

  #blockField(blocks: readonly Block[], field: BlockField): unknown {
    const decoded = blocks.map((block) => this.#block(block, field));
    if (decoded.includes(failed)) return failed;
    if (decoded.includes(unknown)) return unknown;
    return field.repeated ? decoded : decoded[0];
  }

  #block(block: Block, field: BlockField): unknown {
    const name = blockName(block);
    const labelled = this.#checkLabel(block, field, name);
    const value = this.decode(block.body, field.body, headRange(block), name);
    if (!labelled) return failed;
    if (!field.labelled || typeof value !== 'object') return value;
    return { ...value, label: block.label?.value ?? '' };
  }

  #checkLabel(block: Block, field: BlockField, name: string): boolean {
    if (field.labelled && (block.label?.value ?? '') === '') {
      const hint = `write \`${name} "a_name" { … }\``;
      this.#error({ code: 'E0405', message: `the block \`${name}\` needs a label`, hint }, headRange(block));
      return false;
    }
    if (field.labelled || block.label === undefined || block.label.value === '') return true;
    this.#error(
      { code: 'E0406', message: `the block \`${name}\` takes no label`, hint: 'remove the label' },
      block.label.range,
    );
    return false;
  }

  #misplaced({ range, first, ...problem }: Misplaced): void {
    const related = [first].filter((place) => place !== undefined);
    this.#report('error', problem, range, related);
  }

  #error(problem: Problem, range: Range): void {
    this.#report('error', problem, range);
  }

  #report(
    severity: Diagnostic['severity'],
    { code, message, hint }: Problem,
    range: Range,
    first: readonly Range[] = [],
  ): void {
    const source = this.#source;
    const related = first.map((place) => ({ source, range: place, message: 'first given here' }));
    this.diagnostics.push({
      severity,
      code,
      message,
      location: { source, range },
      ...(hint === undefined ? {} : { hint }),
      ...(related.length === 0 ? {} : { related }),
    });
  }
}
