import type { Json } from '@pewter/language';

const tokens = /"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*(?=\s*=)|=|,(?=\s*[}\]])/g;

/**
 * The value of a default as plain data. The catalogue writes defaults as expressions made of literals, which
 * differ from JSON in the keys of objects and in commas at the end.
 */
export function defaultValue(expression: string): Json {
  const json = expression.replaceAll(tokens, (token) => {
    if (token.startsWith('"')) return token;
    if (token === '=') return ':';
    return token === ',' ? '' : `"${token}"`;
  });
  return exact(json, JSON.parse(json) as Json);
}

/** An integer that JavaScript cannot hold stays text, which converts to a number when it is decoded. */
function exact(text: string, value: Json): Json {
  return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}
