import { completeAddress } from '@pewter/pyroscope';
import type { Expression, ObjectField, Range } from '@pewter/syntax';
import type { Lint } from '../lint.ts';
import { attributeOf, textOf } from '../literal.ts';
import { scrapesOf } from '../scrapes.ts';

/** A target that is written out, and why it cannot be scraped. */
interface WrongTarget {
  readonly range: Range;
  readonly why: string;
  readonly hint: string;
}

/** What is told of all that concerns the address: it costs more than the target itself. */
const dropsAll = 'Alloy drops all targets of the component for it';

/** A target that stands in `targets` as it is and can never be scraped. */
export const unscrapableTarget: Lint = {
  name: 'unscrapable-target',
  code: 'W0528',
  about: 'a target that is written out and can never be scraped',
  *check(scope) {
    for (const { block, part } of scrapesOf(scope)) {
      const scheme = attributeOf(block.body, 'scheme')?.value;
      if (scheme !== undefined && !isScheme(textOf(scheme) ?? ''))
        yield {
          at: part,
          range: scheme.range,
          message:
            'a target without a `__scheme__` of its own can never be scraped: `scheme` is neither http nor https',
          hint: 'give one of them',
        };
      const targets = attributeOf(block.body, 'targets')?.value;
      for (const { range, why, hint } of targets === undefined ? [] : wrongTargets(targets))
        yield { at: part, range, message: `this target can never be scraped: ${why}`, hint };
    }
  },
};

function wrongTargets(targets: Expression): readonly WrongTarget[] {
  if (targets.kind === 'paren') return wrongTargets(targets.inner);
  if (targets.kind === 'array') return targets.elements.flatMap(wrongTargets);
  if (targets.kind === 'call' && isConcat(targets.callee)) return targets.args.flatMap(wrongTargets);
  if (targets.kind !== 'object') return [];
  const wrong = wrongAddress(targets) ?? targets.fields.map(wrongLabel).find((found) => found !== undefined);
  return wrong === undefined ? [] : [wrong];
}

/** `array.concat`, or its old name. */
function isConcat(callee: Expression): boolean {
  if (callee.kind === 'access') return callee.name.name === 'concat';
  return callee.kind === 'identifier' && callee.name === 'concat';
}

function wrongAddress({ fields, range }: Extract<Expression, { kind: 'object' }>): WrongTarget | undefined {
  const field = fields.find(({ name }) => name === '__address__');
  const hint = 'give `host:port` in `__address__`';
  if (field === undefined) return { range, why: `it has no \`__address__\`; ${dropsAll}`, hint };
  const address = textOf(field.value);
  if (address === undefined) return undefined;
  const at = field.value.range;
  if (address === '') return { range: at, why: `its \`__address__\` is empty; ${dropsAll}`, hint };
  if (!address.includes('/')) return wrongHostOrPort(address, at);
  const whole = 'set `__scheme__` and `__profile_path_prefix__` for the rest';
  return {
    range: at,
    why: `its \`__address__\` is a URL or has a path; ${dropsAll}`,
    hint: `${hint}, and ${whole}`,
  };
}

const highestPort = 65_535;

/** What is shown as `down` and no more: nothing can be asked there, and the other targets stay. */
function wrongHostOrPort(address: string, range: Range): WrongTarget | undefined {
  const [, port] = /:([^:\]]*)$/.exec(address) ?? [];
  if (port !== undefined && (/\D/.test(port) || Number(port) > highestPort))
    return {
      range,
      why: `its \`__address__\` has the port ${JSON.stringify(port)}`,
      hint: `give a port from 1 to ${highestPort}`,
    };
  if (completeAddress(address, 'http').problem === undefined) return undefined;
  return { range, why: 'its `__address__` is no host with a port', hint: 'give `host:port`' };
}

function isScheme(text: string): boolean {
  return ['', 'http', 'https'].includes(text);
}

function wrongLabel({ name, nameRange, value }: ObjectField): WrongTarget | undefined {
  const scheme = name === '__scheme__' ? textOf(value) : undefined;
  if (scheme !== undefined && !isScheme(scheme))
    return {
      range: value.range,
      why: 'its `__scheme__` is neither http nor https',
      hint: 'give one of them',
    };
  const bad = /[^\w.]/.exec(name.startsWith('__') || name.includes('\\') ? '' : name)?.[0];
  if (bad === undefined) return undefined;
  const why = `no server takes a label named ${JSON.stringify(name)}`;
  return { range: nameRange, why, hint: 'a name is of letters, digits, `_` and `.`' };
}
