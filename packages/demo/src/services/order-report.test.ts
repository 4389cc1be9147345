import assert from 'node:assert/strict';
import { test } from 'node:test';
import { writeOrderBook } from './order-book.ts';
import { parseOrders, summarizeBy } from './order-report.ts';

const csv =
  'day,customer,product,quantity,price\n2026-03-01,"Acme, ""Inc""",lamp,2,1.50\n2026-03-02,Globex,lamp,1,4\n';

test('quoted fields keep their commas and quotes', () => {
  assert.deepEqual(parseOrders(csv)[0], {
    day: '2026-03-01',
    customer: 'Acme, "Inc"',
    product: 'lamp',
    quantity: 2,
    price: 1.5,
  });
});

test('orders add up by a column', () => {
  assert.deepEqual(summarizeBy(parseOrders(csv), 'product'), {
    lamp: { orders: 2, revenue: 7, median: 4, largest: 4 },
  });
});

test('an order book is read as it was written', () => {
  const orders = parseOrders(writeOrderBook(50, 1));
  assert.equal(orders.length, 50);
  assert.ok(orders.every(({ quantity, price }) => quantity > 0 && price > 0));
});
