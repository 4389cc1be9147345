import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decisionsOf } from '../src/decisions.ts';
import { AlloyParser } from '../src/parser.ts';

// What the parser decides, read off chevrotain's analysis of the grammar: to be made anew when the grammar changes.
const rows = decisionsOf(new AlloyParser({ skipValidations: true }));
const file = join(import.meta.dirname, '../src/decisions.generated.json');
writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
