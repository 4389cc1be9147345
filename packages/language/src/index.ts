export { fieldType } from './access.ts';
export { assignable, type Misfit } from './assignable.ts';
export { byteSize, byteSizeText } from './byte-size.ts';
export { simpleLower, simpleUpper } from './case.ts';
export { asWarning, type BrokenRule, checkRules } from './check-rules.ts';
export { type LanguageCode, languageCodes } from './codes.ts';
export { containsHole } from './contains-hole.ts';
export { toNumber, toText } from './convert.ts';
export {
  type BodyPlace,
  type Decoded,
  type DecodeOptions,
  decodeBody,
} from './decode-body.ts';
export { fromJson } from './default.ts';
export { goDuration } from './duration.ts';
export { encodeExports, encodeValue, exportsHole } from './encode.ts';
export { equal } from './equal.ts';
export { EvaluationError } from './error.ts';
export { evaluate, type Warning } from './evaluate.ts';
export { escapeUnsafe, goPath } from './go-escape.ts';
export { checkGoUrl, type UrlParts, urlFault, urlParts } from './go-url.ts';
export { Hole } from './hole.ts';
export { type FloatForm, formatFloat, numberText } from './number-text.ts';
export { print, printShort, toJson } from './print.ts';
export { quote } from './quote.ts';
export type * from './schema.ts';
export * from './schema.ts';
export { Scope } from './scope.ts';
export { type Exposure, Secret } from './secret.ts';
export { optionalSecretKind, secretKind, secretOf } from './secret-kinds.ts';
export { headRange } from './sort-statements.ts';
export { type LibraryOptions, standardLibrary } from './stdlib/library.ts';
export { didYouMean } from './suggest.ts';
export { bytesFromText, compareText, textFromBytes } from './text.ts';
export type * from './type.ts';
export { describeType, typeNameOf, typeOf } from './type-name.ts';
export * from './value.ts';
