import type { Type } from '@pewter/language';

/** Scalar types of the catalogue; the narrow numbers of three fields stand as the next wider ones. */
const scalars: Readonly<Record<string, Type>> = {
  any: 'any',
  bool: 'bool',
  string: 'string',
  duration: 'duration',
  secret: 'secret',
  optional_secret: 'optional_secret',
  int: 'int',
  int32: 'int32',
  int64: 'int64',
  uint: 'uint',
  uint8: 'uint32',
  uint16: 'uint32',
  uint32: 'uint32',
  uint64: 'uint64',
  float32: 'float64',
  float64: 'float64',
};

/** The type of this name. A name that is not known is a fault of the data, and the generator refuses it. */
export function scalarType(name: string): Type {
  const type = scalars[name];
  if (type === undefined) throw new Error(`the component catalogue names a type that is not known: ${name}`);
  return type;
}
