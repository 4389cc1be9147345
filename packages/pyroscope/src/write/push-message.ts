import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { PushRequestSchema, RawProfileSeriesSchema, RawSampleSchema } from '../gen/push/v1/push_pb.ts';
import { LabelPairSchema } from '../gen/types/v1/types_pb.ts';
import type { Label } from '../labels.ts';
import type { Profile } from '../profiles-receiver.ts';

const { series } = PushRequestSchema.field;
const { labels: labelsField, samples } = RawProfileSeriesSchema.field;
const { rawProfile, ID } = RawSampleSchema.field;
const { name: nameField, value: valueField } = LabelPairSchema.field;

/** It keeps its memory from one message to the next. */
const writer = new BinaryWriter();
const nothing = new Uint8Array();

/**
 * The bytes of a `push.v1.PushRequest` with one series of one profile, the same that `toBinary` of its message gives.
 * That one gathers all in a buffer that grows as it goes, and so copies the profile several times; here it is once.
 */
export function pushMessage({ labels, bytes, id }: Pick<Profile, 'labels' | 'bytes' | 'id'>): Uint8Array {
  const labelFields = encodedLabels(labels);
  const behind = id === '' ? nothing : lengthDelimited(ID.number).string(id).finish();
  const sample = fieldLength(bytes.length) + behind.length;
  const front = lengthDelimited(series.number)
    .uint32(labelFields.length + fieldLength(sample))
    .raw(labelFields)
    .tag(samples.number, WireType.LengthDelimited)
    .uint32(sample)
    .tag(rawProfile.number, WireType.LengthDelimited)
    .uint32(bytes.length)
    .finish();
  return Buffer.concat([front, bytes, behind]);
}

function encodedLabels(labels: readonly Label[]): Uint8Array {
  for (const { name, value } of labels) {
    lengthDelimited(labelsField.number).fork();
    if (name !== '') lengthDelimited(nameField.number).string(name);
    if (value !== '') lengthDelimited(valueField.number).string(value);
    writer.join();
  }
  return writer.finish();
}

function lengthDelimited(field: number): BinaryWriter {
  return writer.tag(field, WireType.LengthDelimited);
}

/** Of a field with a number below 16: its tag is one byte, and its length a number of seven bits to a byte. */
function fieldLength(content: number): number {
  let size = 2;
  for (let rest = content >>> 7; rest > 0; rest >>>= 7) size++;
  return size + content;
}
