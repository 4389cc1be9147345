/** Every diagnostic code of this package with its short title; docs/diagnostics.md has a paragraph for each. */
export const languageCodes = {
  E0301: 'Unknown name',
  E0302: 'Unknown field',
  E0303: 'Field or element of a value that has none',
  E0304: 'Index of the wrong type or out of range',
  E0305: 'Operand of the wrong type',
  E0306: 'Division by zero',
  E0307: 'Call of something that is no function',
  E0308: 'Wrong number of arguments to a function',
  E0309: 'Argument of the wrong type to a function',
  E0310: 'A function refuses its input',
  E0311: 'Function below the allowed stability',
  E0312: 'Malformed literal',
  E0313: 'Value of the wrong type',
  E0314: 'Malformed duration',
  E0315: 'Malformed text value',
  E0316: 'Secret where it would be shown',
  E0317: 'Capsule of another kind',
  E0401: 'Missing argument or block',
  E0402: 'Unknown argument or block',
  E0403: 'Attribute and block mixed up',
  E0404: 'Argument or block given more than once',
  E0405: 'Missing label',
  E0406: 'Label where none is taken',
  E0501: 'Rule of a component or block broken',
  W0301: 'Deprecated function',
  W0302: 'List of lists flattened',
} as const;

/** A code of this package. */
export type LanguageCode = keyof typeof languageCodes;
