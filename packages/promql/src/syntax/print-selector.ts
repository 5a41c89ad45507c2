import { type Matcher, METRIC_NAME } from '@vigie/series';
import type { MatrixSelector, Subquery, TimeShift, VectorSelector } from './ast.ts';
import { printDuration } from './print-duration.ts';
import { quote } from './quote.ts';

const PLAIN_LABEL = /^[A-Za-z_][0-9A-Za-z_]*$/u;

/** A selector as Prometheus writes it: matchers sorted by their text. */
export function printSelector(selector: VectorSelector): string {
  return printBare(selector) + printEdges(selector) + printShift(selector);
}

export function printMatrixSelector({ selector, range }: MatrixSelector): string {
  return `${printBare(selector)}[${printDuration(range)}]${printEdges(selector)}${printShift(selector)}`;
}

/** What follows a subquery's expression. */
export function printSubqueryRange({ range, step, ...shift }: Subquery): string {
  return `[${printDuration(range)}:${step === null ? '' : printDuration(step)}]${printShift(shift)}`;
}

/** A label's name: in quotes where it is no plain word. */
export function printLabelName(name: string): string {
  return PLAIN_LABEL.test(name) ? name : quote(name);
}

function printBare({ name, matchers }: VectorSelector): string {
  const texts = matchers.filter((matcher) => !namesMetric(matcher, name)).map(printMatcher);
  if (name !== '' && texts.length === 0) return name;
  return `${name}{${texts.sort().join(',')}}`;
}

function namesMetric({ name, operator, value }: Matcher, metric: string): boolean {
  return metric !== '' && name === METRIC_NAME && operator === '=' && value === metric;
}

function printMatcher({ name, operator, value }: Matcher): string {
  return printLabelName(name) + operator + quote(value);
}

function printEdges({ edges }: VectorSelector): string {
  return edges === null ? '' : ` ${edges}`;
}

function printShift({ at, offset }: TimeShift): string {
  return printAt(at) + (offset === null ? '' : ` offset ${printDuration(offset)}`);
}

function printAt(at: TimeShift['at']): string {
  if (at === null) return '';
  return typeof at === 'number' ? ` @ ${(at / 1000).toFixed(3)}` : ` @ ${at}()`;
}
