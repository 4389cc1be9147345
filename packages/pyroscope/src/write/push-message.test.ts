import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { create, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { PushRequestSchema } from '../gen/push/v1/push_pb.ts';
import { pushMessage } from './push-message.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 300 });

describe('the message of a push', () => {
  test('has the bytes that the library gives for the same message, whatever labels, profile and id are', () => {
    const anyProfile = fc.record({
      labels: fc.array(fc.record({ name: anyText, value: anyText }), { maxLength: 6 }),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.integer({ min: 120, max: 70_000 }).map((length) => new Uint8Array(length).fill(7)),
      ),
      id: anyText,
    });
    fc.assert(
      fc.property(anyProfile, ({ labels, bytes, id }) => {
        const series = [{ labels, samples: [{ rawProfile: Uint8Array.from(bytes), ID: id }] }];
        const expected = toBinary(PushRequestSchema, create(PushRequestSchema, { series }));
        assert.deepEqual(Buffer.from(pushMessage({ labels, bytes, id })), Buffer.from(expected));
      }),
    );
  });
});
