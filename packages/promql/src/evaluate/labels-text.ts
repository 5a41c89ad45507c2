import type { Labels } from '@vigie/series';
import { quote } from '../syntax/quote.ts';

const PLAIN_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Labels as Prometheus writes them in messages, the metric's name like any other. */
export function labelsText(labels: Labels): string {
  const texts = Array.from(labels.entries(), ([name, value]) => {
    return `${PLAIN_NAME.test(name) ? name : quote(name)}=${quote(value)}`;
  });
  return `{${texts.join(', ')}}`;
}
