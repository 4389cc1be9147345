export {
  type ComponentSchema,
  componentNames,
  componentSchema,
  configBlockNames,
  configBlockSchema,
  type KnownComponent,
  knownComponent,
} from './catalog.ts';
export { deprecation } from './deprecations.ts';
export type { KnownStability } from './entry.ts';
export { type Kinds, nominalKinds } from './kinds.ts';
export { wordsOf } from './texts/words.ts';
