import type { BodySchema } from '@pewter/language';
import { type Attribute, type Body, blockName } from '@pewter/syntax';
import type { Lint } from '../lint.ts';
import { textOf } from '../literal.ts';

/** Credentials in the text of a config, where everyone who reads it can. */
export const literalSecret: Lint = {
  name: 'literal-secret',
  code: 'W0526',
  about: 'a secret written out in the config',
  *check({ blocks }, { registry }) {
    for (const { name, block, part } of blocks) {
      const schema = registry.get(name)?.arguments;
      if (schema === undefined) continue;
      for (const { name: field, value } of secretsIn(block.body, schema)) {
        yield {
          at: part,
          range: value.range,
          message: `\`${field.name}\` is a secret, and written out here`,
          hint: 'take it from outside, as in `sys.env("NAME")` or a `local.file` with `is_secret = true`',
        };
      }
    }
  },
};

function secretsIn(body: Body, schema: BodySchema): readonly Attribute[] {
  return body.flatMap((statement): readonly Attribute[] => {
    const name = statement.kind === 'attribute' ? statement.name.name : blockName(statement);
    const field = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
    if (statement.kind === 'block')
      return field?.kind === 'block' ? secretsIn(statement.body, field.body) : [];
    if (field?.kind !== 'attribute' || field.type !== 'secret') return [];
    return isSecret(textOf(statement.value) ?? '') ? [statement] : [];
  });
}

const placeholder = /^(<.*>|\$\{?\w+\}?|\{\{.*\}\}|%\w+%|(your|my)[-_ ].*|.*placeholder.*|x+|\*+|\.{3})$/i;
/** As in `SPLUNK_TOKEN`. */
const variableName = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/** What is a connection string holds a secret only with a password in it; what is a placeholder holds none. */
function isSecret(text: string): boolean {
  if (text === '' || placeholder.test(text) || variableName.test(text)) return false;
  if (!/[@/=]/.test(text) || !/[:;]/.test(text)) return true;
  return /:[^:@/\s<$%]+@/.test(text) || /\bpassword=[^\s;&<$%]/i.test(text);
}
