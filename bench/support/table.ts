/** Rows as a Markdown table; the first row is the head. */
export function table(rows: (string | number)[][]): string {
  const [head = [], ...body] = rows;
  const line = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...body.map(line)].join('\n');
}

export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}

/** The middle of the values. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
