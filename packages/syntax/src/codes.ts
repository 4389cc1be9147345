/** Every code this package reports, with its short title; docs/diagnostics.md has a paragraph for each. */
export const syntaxCodes = {
  E0101: 'character that has no meaning here',
  E0102: 'string without its end',
  E0103: 'comment without its end',
  E0104: 'text that is not valid UTF-8, or holds a NUL or a byte order mark',
  E0105: 'string in single quotes',
  E0106: 'escape sequence that does not exist',
  E0107: 'malformed number',
  E0110: 'statement expected',
  E0111: 'name followed by neither "=" nor a block',
  E0112: 'block label without quotes',
  E0113: 'block label that is not a name',
  E0114: 'attribute with a dotted name or a label',
  E0115: '"=" before a block',
  E0116: 'end of line expected',
  E0117: 'missing closing brace',
  E0118: 'closing brace without an opening one',
  E0120: 'expression expected',
  E0121: 'missing comma',
  E0122: 'missing closing bracket',
  E0123: 'name expected after "."',
  E0124: 'object key expected',
  E0125: '"=" expected in an object',
  E0126: 'number with a unit but without quotes',
  E0130: 'nesting too deep',
} as const;

export type SyntaxCode = keyof typeof syntaxCodes;
