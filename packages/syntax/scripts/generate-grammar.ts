import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grammarPage } from '../src/grammar-page.ts';
import { ebnf } from '../src/grammar-text.ts';

const folder = join(import.meta.dirname, '../../../grammar');

writeFileSync(join(folder, 'alloy.ebnf'), ebnf());
writeFileSync(join(folder, 'alloy.html'), grammarPage());
