import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportOutside } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';

/** The world for imports whose text is looked up; copies that they keep are no config's own data. */
export function importOutside(): ImportOutside {
  return { ...realOutside(), storagePath: join(tmpdir(), 'pewter-validate') };
}
