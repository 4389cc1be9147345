/** The codes of the diagnostics made here, with their short titles; docs/diagnostics.md has a paragraph on each. */
export const runtimeCodes = {
  E0201: 'unknown component',
  E0202: 'component not available here',
  E0203: 'missing label',
  E0204: 'label not allowed',
  E0206: 'duplicate block',
  E0207: 'unknown reference',
  E0208: 'self reference',
  E0209: 'reference cycle',
  E0210: 'attribute at top level',
  E0211: 'stability level too low',
  E0212: 'component failed to build',
  E0601: 'unknown custom component',
  E0602: 'argument or export outside of a module',
  E0603: 'config block inside a module',
  E0604: 'component at the top level of an imported module',
  E0605: 'module uses itself',
  E0606: 'import cannot be read',
  E0607: 'item of a foreach hides a component',
  W0201: 'name of the standard library hidden',
  W0202: 'label without meaning',
  W0601: 'module block without a label',
  W0602: 'attribute inside a module',
  W0603: 'imported module cannot be used',
  W0604: 'import not read',
  W0605: 'block or argument without effect',
} as const satisfies Readonly<Record<string, string>>;

/** A code of this package. */
export type RuntimeCode = keyof typeof runtimeCodes;
