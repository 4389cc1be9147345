/** The cases whose verdict or line is not yet the reference's, by reason. Only ever shorter. */
export const notYet: Readonly<Record<string, readonly string[]>> = {};
