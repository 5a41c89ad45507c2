/** Bytes of a body, e.g. "1.2 kB". */
export function sizeText(bytes: number, language: string): string {
  const [value, unit] = bytes < 1_000 ? [bytes, 'byte'] : [bytes / 1_000, 'kilobyte'];
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  const shape = { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, shape).format(value);
}
