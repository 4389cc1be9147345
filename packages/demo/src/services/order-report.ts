/** One line of an order. */
export interface Order {
  readonly day: string;
  readonly customer: string;
  readonly product: string;
  readonly quantity: number;
  readonly price: number;
}

/** What a group of orders comes to. */
export interface Summary {
  readonly orders: number;
  readonly revenue: number;
  readonly median: number;
  readonly largest: number;
}

/** The orders of a CSV text with the header `day,customer,product,quantity,price` (RFC 4180: fields may stand in double quotes). */
export function parseOrders(csv: string): Order[] {
  const [, ...lines] = csv.trimEnd().split('\n');
  return lines.map(parseLine);
}

function parseLine(line: string): Order {
  return toOrder(splitLine(line));
}

function splitLine(line: string): string[] {
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === '"' && quoted && line[at + 1] === '"') field += line[at++];
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      fields.push(field);
      field = '';
    } else field += character;
  }
  return [...fields, field];
}

function toOrder([day = '', customer = '', product = '', quantity, price]: readonly string[]): Order {
  return { day, customer, product, quantity: Number(quantity), price: Number(price) };
}

/** Totals by one column of the orders. */
export function summarizeBy(
  orders: readonly Order[],
  column: 'day' | 'customer' | 'product',
): Record<string, Summary> {
  const groups = Map.groupBy(orders, (order) => order[column]);
  return Object.fromEntries(Array.from(groups, ([name, group]) => [name, summarizeGroup(group)]));
}

function summarizeGroup(orders: readonly Order[]): Summary {
  const values = orders.map((order) => order.quantity * order.price).sort((a, b) => a - b);
  return {
    orders: orders.length,
    revenue: values.reduce((sum, value) => sum + value, 0),
    median: values[values.length >> 1] ?? 0,
    largest: values.at(-1) ?? 0,
  };
}
