/**
 * The general categories of Unicode by the names that Go looks them up by (packages regexp/syntax and unicode), and
 * the names that re2js has for them.
 */
const categories: ReadonlyMap<string, string> = new Map([
  ...[
    ...['C', 'Cc', 'Cf', 'Cn', 'Co', 'Cs', 'L', 'Lc', 'Ll', 'Lm', 'Lo', 'Lt', 'Lu', 'M', 'Mc', 'Me', 'Mn'],
    ...['N', 'Nd', 'Nl', 'No', 'P', 'Pc', 'Pd', 'Pe', 'Pf', 'Pi', 'Po', 'Ps', 'S', 'Sc', 'Sk', 'Sm', 'So'],
    ...['Z', 'Zl', 'Zp', 'Zs', 'Any', 'Assigned', 'Ascii'],
  ].map((name) => [name, name] as const),
  ['Other', 'C'],
  ['Control', 'Cc'],
  ['Cntrl', 'Cc'],
  ['Format', 'Cf'],
  ['Unassigned', 'Cn'],
  ['Privateuse', 'Co'],
  ['Surrogate', 'Cs'],
  ['Letter', 'L'],
  ['Casedletter', 'Lc'],
  ['Lowercaseletter', 'Ll'],
  ['Modifierletter', 'Lm'],
  ['Otherletter', 'Lo'],
  ['Titlecaseletter', 'Lt'],
  ['Uppercaseletter', 'Lu'],
  ['Mark', 'M'],
  ['Combiningmark', 'M'],
  ['Spacingmark', 'Mc'],
  ['Enclosingmark', 'Me'],
  ['Nonspacingmark', 'Mn'],
  ['Number', 'N'],
  ['Decimalnumber', 'Nd'],
  ['Digit', 'Nd'],
  ['Letternumber', 'Nl'],
  ['Othernumber', 'No'],
  ['Punctuation', 'P'],
  ['Punct', 'P'],
  ['Connectorpunctuation', 'Pc'],
  ['Dashpunctuation', 'Pd'],
  ['Closepunctuation', 'Pe'],
  ['Finalpunctuation', 'Pf'],
  ['Initialpunctuation', 'Pi'],
  ['Otherpunctuation', 'Po'],
  ['Openpunctuation', 'Ps'],
  ['Symbol', 'S'],
  ['Currencysymbol', 'Sc'],
  ['Modifiersymbol', 'Sk'],
  ['Mathsymbol', 'Sm'],
  ['Othersymbol', 'So'],
  ['Separator', 'Z'],
  ['Lineseparator', 'Zl'],
  ['Paragraphseparator', 'Zp'],
  ['Spaceseparator', 'Zs'],
]);

/**
 * The scripts that Go finds: its look-up takes underscores and inner capitals away first, so that those which have
 * some in its tables (`Phags_Pa`, `SignWriting`) are found by no spelling.
 */
const scripts: ReadonlySet<string> = new Set(
  `Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid
  Carian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Dogra Duployan
  Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew
  Hiragana Inherited Javanese Kaithi Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi Lao Latin Lepcha Limbu
  Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Medefaidrin Miao Modi Mongolian Mro Multani
  Myanmar Nabataean Nandinagari Newa Nko Nushu Ogham Oriya Osage Osmanya Palmyrene Phoenician Rejang Runic Samaritan
  Saurashtra Sharada Shavian Siddham Sinhala Sogdian Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil Tangsa
  Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Yezidi Yi`.split(
    /\s+/,
  ),
);

/** The name that re2js has for what stands in `\p{…}`, in any of the spellings that Go takes; undefined for none. */
export function unicodeClass(name: string): string | undefined {
  const letters = name.replace(/[_\- ]/g, '');
  const canonical = letters.slice(0, 1).replace(/[a-z]/, upper) + letters.slice(1).replace(/[A-Z]/g, lower);
  return categories.get(canonical) ?? (scripts.has(canonical) ? canonical : undefined);
}

const upper = (letter: string) => letter.toUpperCase();
const lower = (letter: string) => letter.toLowerCase();
