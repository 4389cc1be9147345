import type { ISerializedGast } from 'chevrotain';
import { AlloyParser } from './parser.ts';
import { precedence } from './precedence.ts';
import { vocabulary } from './token.ts';

/** How kinds of token that stand for many texts are written down; the rest are their own text. */
const LEXICAL: Readonly<Record<string, string>> = {
  Identifier: 'letter { letter | digit } - ( Bool | Null )',
  String: '\'"\' { character | escape } \'"\' | "`" { ? any character but "`" ? } "`"',
  Number:
    '( decimal { decimal } [ "." { decimal } ] | "." decimal { decimal } ) [ ( "e" | "E" ) [ "+" | "-" ] decimal { decimal } ]',
  Bool: '"true" | "false"',
  Null: '"null"',
  Terminator:
    '? a newline, or the end of the text, behind Identifier, String, Number, Bool, Null, "}", ")" or "]" ?',
};

const PARTS: Readonly<Record<string, string>> = {
  letter: '? a Unicode letter (L) ? | "_"',
  digit: '? a Unicode decimal digit (Nd) ?',
  decimal: '? 0 to 9 ?',
  character: '? any character but a double quote, a backslash and a newline ?',
  octal: '? 0 to 7 ?',
  hex: '? 0 to 9, a to f, A to F ?',
  escape:
    '"\\" ( "a" | "b" | "f" | "n" | "r" | "t" | "v" | "\\" | \'"\' | 3 * octal | "x" 2 * hex | "u" 4 * hex | "U" 8 * hex )',
  comment: '"//" ? all to the end of the line ? | "/*" ? all to the next ? "*/"',
};

const HEAD = `(* The grammar of Alloy configs, as packages/syntax reads them. Generated from the parser; do not edit:
   node packages/syntax/scripts/generate-grammar.ts

   { x } is any number of x, [ x ] none or one, x | y one of them, x y one behind the other.
   A Terminator may be left out only before "}" and at the end of the text, and a "," only before the closing bracket.
   A newline that is no Terminator, and a comment, are white space, as are blanks, tabs and carriage returns. *)
`;

/** A rule or a part of one. */
export interface Part {
  readonly type: ISerializedGast['type'];
  readonly name?: string;
  readonly definition?: readonly Part[];
}

/** The grammar as EBNF: the rules of the parser, then what the lexer knows. */
export function ebnf(): string {
  const rules = serialized().map((rule) => definition(rule.name ?? '', sequence(rule.definition ?? [])));
  const tokens = Object.entries(LEXICAL).map(([name, text]) => definition(name, text));
  const parts = Object.entries(PARTS).map(([name, text]) => definition(name, text));
  const sections = [
    rules.join('\n'),
    `(* Words *)\n${[...tokens, operators()].join('\n')}`,
    `(* Characters *)\n${parts.join('\n')}`,
  ];
  return `${HEAD}\n${sections.join('\n\n')}\n`;
}

/** The rules of the parser as chevrotain serialises them: that of files first, and each before those that it is made of. */
export function serialized(): Part[] {
  const rules: Part[] = new AlloyParser({ skipValidations: true }).getSerializedGastProductions();
  const ordered = new Set<Part>();
  const add = (name: string) => {
    const rule = rules.find((one) => one.name === name);
    if (rule === undefined || ordered.has(rule)) return;
    ordered.add(rule);
    for (const used of rulesIn(rule)) add(used);
  };
  for (const name of ['file', 'lone']) add(name);
  return [...ordered];
}

function rulesIn(part: Part): string[] {
  const inner = (part.definition ?? []).flatMap(rulesIn);
  return part.type === 'NonTerminal' ? [part.name ?? ''] : inner;
}

function definition(name: string, text: string): string {
  return `${name} = ${text} ;`;
}

function operators(): string {
  const levels = Map.groupBy(Object.entries(precedence), ([, level]) => level);
  const rows = [...levels].toSorted(([a], [b]) => a - b);
  const names = rows.map(([, entries]) => entries.map(([name]) => `"${name}"`).join(' | '));
  const binding = 'they bind more strongly line by line, to the left, but "^" to the right';
  return `Operator = (* with "-"; ${binding} *)\n    ${names.join('\n  | ')} ;`;
}

function sequence(parts: readonly Part[]): string {
  return parts.map(text).join(' ');
}

function text(part: Part): string {
  const inner = part.definition ?? [];
  switch (part.type) {
    case 'Terminal':
      return terminal(part.name ?? '');
    case 'NonTerminal':
      return part.name ?? '';
    case 'Option':
      return `[ ${sequence(inner)} ]`;
    case 'Repetition':
      return `{ ${sequence(inner)} }`;
    case 'Alternation':
      return alternation(inner);
    default:
      return sequence(inner);
  }
}

function alternation(alternatives: readonly Part[]): string {
  return `( ${alternatives.map(text).join(' | ')} )`;
}

function terminal(name: string): string {
  if (name in LEXICAL || name === 'Operator') return name;
  return vocabulary.find((type) => type.name === name)?.LABEL ?? name;
}
