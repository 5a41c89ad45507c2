import type { ConfigExport } from '@vigie/contract';
import { stringify } from 'yaml';
import { DURATIONS } from './file.ts';

/** Characters of a line before it is folded: never. */
const ENDLESS = 0;

/** A document as a `vigie.yml` says it: durations in words, and what has to be set beforehand in a comment. */
export function declarationsText({ document, variables }: ConfigExport): string {
  const note =
    variables.length === 0
      ? ''
      : `# Secrets are not told. Before this is applied, these variables must be set:\n${variables
          .map((name) => `#   ${name}\n`)
          .join('')}`;
  return note + stringify(inWords(document), { lineWidth: ENDLESS });
}

function inWords(value: unknown, name = ''): unknown {
  if (typeof value === 'number' && DURATIONS.has(name)) return words(value);
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, key === 'settings' ? part : inWords(part, key)]),
  );
}

const UNITS = [
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** `5m` of 300 seconds; a fraction of a second stays a number. */
function words(seconds: number): string | number {
  const unit = UNITS.find(([, size]) => seconds >= size && seconds % size === 0);
  return unit === undefined ? seconds : `${seconds / unit[1]}${unit[0]}`;
}
