import type { Range, SourceFile } from './source.ts';

/** A whole file: its top-level statements and all its comments, in source order. */
export interface File {
  readonly kind: 'file';
  readonly source: SourceFile;
  readonly range: Range;
  readonly body: Body;
  readonly comments: readonly Comment[];
}

/** The statements of a file or block, in source order. */
export type Body = readonly Statement[];
export type Statement = Attribute | Block;

/** `// …` or `/* … *\/`; `text` includes the delimiters. */
export interface Comment {
  readonly kind: 'comment';
  readonly text: string;
  readonly range: Range;
}

/** A name as written. */
export interface Identifier {
  readonly kind: 'identifier';
  readonly name: string;
  readonly range: Range;
}

/** `name = value` */
export interface Attribute {
  readonly kind: 'attribute';
  readonly name: Identifier;
  readonly value: Expression;
  readonly range: Range;
}

/** `a.b.c "label" { … }` */
export interface Block {
  readonly kind: 'block';
  /** The dotted name, never empty. */
  readonly name: readonly Identifier[];
  readonly label?: BlockLabel;
  readonly body: Body;
  /** The opening brace to behind the closing one. */
  readonly braces: Range;
  readonly range: Range;
}

/** The label of a block: `value` without the quotes, `range` with them. */
export interface BlockLabel {
  readonly value: string;
  readonly range: Range;
}

export type Expression =
  | Literal
  | ArrayExpression
  | ObjectExpression
  | Identifier
  | Access
  | Index
  | Call
  | Unary
  | Binary
  | Paren
  | BadExpression;

/** A literal as written: `text` is the source of number, string (with quotes, or backquotes), `true`, `false`, `null`. */
export interface Literal {
  readonly kind: 'literal';
  readonly literal: 'number' | 'string' | 'bool' | 'null';
  readonly text: string;
  readonly range: Range;
}

export interface ArrayExpression {
  readonly kind: 'array';
  readonly elements: readonly Expression[];
  readonly range: Range;
}

export interface ObjectExpression {
  readonly kind: 'object';
  readonly fields: readonly ObjectField[];
  readonly range: Range;
}

/** `key = value`; `quoted` says whether the key stood in quotes (`name` is then the raw text between them: escapes are not undone). */
export interface ObjectField {
  readonly name: string;
  readonly nameRange: Range;
  readonly quoted: boolean;
  readonly value: Expression;
  readonly range: Range;
}

/** `object.name` */
export interface Access {
  readonly kind: 'access';
  readonly object: Expression;
  readonly name: Identifier;
  readonly range: Range;
}

/** `object[index]` */
export interface Index {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
  readonly range: Range;
}

/** `callee(args…)` */
export interface Call {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Expression[];
  readonly range: Range;
}

export type UnaryOperator = '-' | '!';

export interface Unary {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
  readonly range: Range;
}

export type BinaryOperator =
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^';

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorRange: Range;
  readonly left: Expression;
  readonly right: Expression;
  readonly range: Range;
}

/** `(inner)`; kept, since the formatter prints it. */
export interface Paren {
  readonly kind: 'paren';
  readonly inner: Expression;
  readonly range: Range;
}

/** What stands where an expression could not be read; its diagnostic has been reported. */
export interface BadExpression {
  readonly kind: 'bad';
  readonly range: Range;
}
