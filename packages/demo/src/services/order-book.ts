import { pick, seededRandom } from '../random.ts';

const customers = [
  'Acme, Inc.',
  'Globex',
  'Initech',
  'Umbrella "Labs"',
  'Stark & Sons',
  'Wayne Ltd',
] as const;
const products = ['kettle', 'lamp', 'plate, pewter', 'tankard', 'candlestick'] as const;

/** A book of orders as CSV with a header, the same each time for the same seed. */
export function writeOrderBook(rows: number, seed: number): string {
  const random = seededRandom(seed);
  const row = () =>
    [
      `2026-03-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`,
      quote(pick(random, customers)),
      quote(pick(random, products)),
      1 + Math.floor(random() * 20),
      (1 + random() * 99).toFixed(2),
    ].join(',');
  return `${['day,customer,product,quantity,price', ...Array.from({ length: rows }, row)].join('\n')}\n`;
}

function quote(text: string): string {
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
