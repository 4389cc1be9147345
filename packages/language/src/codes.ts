/** Every diagnostic code of this package with its short title; docs/diagnostics.md has a paragraph for each. */
export const languageCodes = {
  E0301: 'unknown name',
  E0302: 'unknown field',
  E0303: 'field or element of a value that has none',
  E0304: 'index of the wrong type or out of range',
  E0305: 'operand of the wrong type',
  E0306: 'division by zero',
  E0307: 'call of something that is no function',
  E0308: 'wrong number of arguments to a function',
  E0309: 'argument of the wrong type to a function',
  E0310: 'a function refuses its input',
  E0311: 'function below the allowed stability',
  E0312: 'malformed literal',
  E0313: 'value of the wrong type',
  E0314: 'malformed duration',
  E0315: 'malformed text value',
  E0316: 'secret where it would be shown',
  E0317: 'capsule of another kind',
  E0401: 'missing argument or block',
  E0402: 'unknown argument or block',
  E0403: 'attribute and block mixed up',
  E0404: 'argument or block given more than once',
  E0405: 'missing label',
  E0406: 'label where none is taken',
  E0501: 'rule of a component or block broken',
  W0301: 'deprecated function',
  W0302: 'list of lists flattened',
  W0501: 'argument that loads and does no good',
} as const;

/** A code of this package. */
export type LanguageCode = keyof typeof languageCodes;
