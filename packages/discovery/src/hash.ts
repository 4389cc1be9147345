// Hashes of labels and targets. Apart from the rest, since they bring a WebAssembly module that checking does not need.
export { hashLabels } from './label-hash.ts';
export { nonMetaLabelsHash } from './target-hash.ts';
