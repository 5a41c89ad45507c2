const NUMBER = /^[+-]?(?:0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;
const SPECIAL = /^[+-]?(?:inf|nan)$/i;

/** Reads a float as conformance files write them: decimal, `0x`, `Inf`, `NaN`, with or without a sign; else undefined. */
export function readNumber(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const bare = text.replace(/^[+-]/, '');
  if (SPECIAL.test(text)) return bare.toLowerCase() === 'nan' ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return NUMBER.test(text) ? sign * Number(bare) : undefined;
}
