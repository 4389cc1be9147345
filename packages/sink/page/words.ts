type Scale = readonly (readonly [size: number, unit: string])[];

const scales: Readonly<Record<string, Scale>> = {
  nanoseconds: [
    [1e9, 's'],
    [1e6, 'ms'],
    [1e3, 'µs'],
    [1, 'ns'],
  ],
  bytes: [
    [2 ** 30, 'GiB'],
    [2 ** 20, 'MiB'],
    [2 ** 10, 'KiB'],
    [1, 'B'],
  ],
};

/** A value in the unit that its type (`cpu/nanoseconds`) names. */
export function amountText(value: number, type: string): string {
  const scale = scales[type.split('/')[1] ?? ''];
  const [size, unit] = scale?.find(([from]) => value >= from) ?? [1, scale?.at(-1)?.[1] ?? ''];
  const text = size === 1 ? value.toLocaleString('en') : (value / size).toFixed(2);
  return unit === '' ? text : `${text} ${unit}`;
}

/** `1 sample`, `2 samples` */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A time of the day of the reader, with the date. */
export function timeText(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
