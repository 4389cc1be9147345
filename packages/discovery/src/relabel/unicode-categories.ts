/** Long names of Unicode's general categories, which Go takes (package unicode, CategoryAliases) and re2js does not. */
const shortNames: ReadonlyMap<string, string> = new Map([
  ['Other', 'C'],
  ['Control', 'Cc'],
  ['cntrl', 'Cc'],
  ['Format', 'Cf'],
  ['Unassigned', 'Cn'],
  ['Private_Use', 'Co'],
  ['Surrogate', 'Cs'],
  ['Letter', 'L'],
  ['Cased_Letter', 'LC'],
  ['Lowercase_Letter', 'Ll'],
  ['Modifier_Letter', 'Lm'],
  ['Other_Letter', 'Lo'],
  ['Titlecase_Letter', 'Lt'],
  ['Uppercase_Letter', 'Lu'],
  ['Mark', 'M'],
  ['Combining_Mark', 'M'],
  ['Spacing_Mark', 'Mc'],
  ['Enclosing_Mark', 'Me'],
  ['Nonspacing_Mark', 'Mn'],
  ['Number', 'N'],
  ['Decimal_Number', 'Nd'],
  ['digit', 'Nd'],
  ['Letter_Number', 'Nl'],
  ['Other_Number', 'No'],
  ['Punctuation', 'P'],
  ['punct', 'P'],
  ['Connector_Punctuation', 'Pc'],
  ['Dash_Punctuation', 'Pd'],
  ['Close_Punctuation', 'Pe'],
  ['Final_Punctuation', 'Pf'],
  ['Initial_Punctuation', 'Pi'],
  ['Other_Punctuation', 'Po'],
  ['Open_Punctuation', 'Ps'],
  ['Symbol', 'S'],
  ['Currency_Symbol', 'Sc'],
  ['Modifier_Symbol', 'Sk'],
  ['Math_Symbol', 'Sm'],
  ['Other_Symbol', 'So'],
  ['Separator', 'Z'],
  ['Line_Separator', 'Zl'],
  ['Paragraph_Separator', 'Zp'],
  ['Space_Separator', 'Zs'],
]);

/** The expression with `\p{Letter}` written as `\p{L}`, and so on; an escaped backslash before `p` is left alone. */
export function shortCategories(expression: string): string {
  if (!/\\p\{/i.test(expression)) return expression;
  return expression.replace(/\\(?:([pP]\{\^?)(\w+)\}|[\s\S])/g, (whole, open?: string, name?: string) => {
    const short = name === undefined ? undefined : shortNames.get(name);
    return short === undefined ? whole : `\\${open}${short}}`;
  });
}
