import { pick, seededRandom } from '../random.ts';
import { runService } from '../run-service.ts';
import { writeOrderBook } from './order-book.ts';
import { parseOrders, summarizeBy } from './order-report.ts';

// The orders service: reads books of orders in CSV and reports totals in JSON.

const columns = ['day', 'customer', 'product'] as const;
const books = [1, 2, 3, 4].map((seed) => writeOrderBook(2000, seed));
const random = seededRandom(2);

await runService({
  nextRequest: () => `/report?book=${Math.floor(random() * books.length)}&by=${pick(random, columns)}`,
  handle(url) {
    const book = books[Number(url.searchParams.get('book'))];
    const column = columns.find((name) => name === url.searchParams.get('by'));
    if (url.pathname !== '/report' || !book || !column) return undefined;
    return { type: 'application/json', body: JSON.stringify(summarizeBy(parseOrders(book), column)) };
  },
});
