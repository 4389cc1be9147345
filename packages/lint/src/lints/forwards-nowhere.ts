import type { BodySchema } from '@pewter/language';
import type { Lint } from '../lint.ts';
import { attributeOf } from '../literal.ts';

/** A component whose work goes to nobody. */
export const forwardsNowhere: Lint = {
  name: 'forwards-nowhere',
  code: 'W0529',
  about: 'an empty list of receivers, so that what a component takes in goes nowhere',
  *check({ blocks }, { registry }) {
    for (const { id, name, block, part } of blocks) {
      const receivers = attributeOf(block.body, 'forward_to')?.value;
      if (receivers?.kind !== 'array' || receivers.elements.length > 0) continue;
      const known = registry.get(name);
      if (!takesReceivers(known?.arguments) || givesMore(known?.exports)) continue;
      yield {
        at: part,
        range: receivers.range,
        message: `\`${id}\` forwards to nobody: all that it takes in is dropped`,
        hint: 'name a receiver, as in `[pyroscope.write.LABEL.receiver]`, or remove the block',
      };
    }
  },
};

/** Rules of relabelling are used by themselves: `forward_to = []` says then that nothing else is wanted. */
function givesMore(exports: BodySchema | undefined): boolean {
  return Object.keys(exports?.fields ?? {}).some((name) => name !== 'receiver');
}

function takesReceivers(schema: BodySchema | undefined): boolean {
  const field = schema?.fields.forward_to;
  return field?.kind === 'attribute' && typeof field.type === 'object' && 'list' in field.type;
}
