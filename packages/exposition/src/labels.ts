import { METRIC_NAME } from '@vigie/series';
import type { Cursor } from './cursor.ts';

/**
 * Reads `{name="value",...}` at the cursor, where a quoted text without a value is the metric's name.
 * @param blanks whether blanks may stand between the parts, as they may in text and may not in OpenMetrics.
 * @returns name, value, name, value, ...; the metric's name, given or found, comes first.
 * @throws {ExpositionError} when it is none, a name comes twice, or there is none for the metric.
 */
export function readLabels(cursor: Cursor, metric: string, blanks: boolean): string[] {
  const pairs = metric === '' ? [] : [METRIC_NAME, metric];
  const skip = (): void => {
    if (blanks) cursor.skipBlanks();
  };
  const names = new Set([METRIC_NAME]);
  cursor.expect('{');
  skip();
  while (!cursor.take('}')) {
    readPair(cursor, pairs, names, skip);
    skip();
    if (cursor.take(',')) skip();
    else if (cursor.text[cursor.at] !== '}') cursor.fail(`expected "," or "}", found ${cursor.found()}`);
  }
  if (pairs[0] !== METRIC_NAME) cursor.fail('a series without a name');
  return pairs;
}

function readPair(cursor: Cursor, pairs: string[], names: Set<string>, skip: () => void): void {
  const quoted = cursor.text[cursor.at] === '"';
  const name = quoted ? cursor.quoted() : cursor.name(false);
  if (name === '') cursor.fail(`expected the name of a label, found ${cursor.found()}`);
  skip();
  if (quoted && cursor.text[cursor.at] !== '=') {
    if (pairs[0] === METRIC_NAME) cursor.fail('a series with two names');
    pairs.unshift(METRIC_NAME, name);
    return;
  }
  cursor.expect('=');
  skip();
  const value = cursor.quoted();
  if (names.has(name)) cursor.fail(`label ${JSON.stringify(name)} is given twice`);
  names.add(name);
  pairs.push(name, value);
}
