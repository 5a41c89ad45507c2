import { decimalText } from '@vigie/series';
import type { Duration } from './ast.ts';
import { durationText } from './durations.ts';

/** A duration as Prometheus writes it in an expression: one that stands alone always with units. */
export function printDuration(duration: Duration): string {
  return duration.kind === 'durationLiteral' ? durationText(duration.milliseconds) : printPart(duration);
}

function printPart(duration: Duration): string {
  switch (duration.kind) {
    case 'durationLiteral':
      return duration.duration
        ? durationText(duration.milliseconds)
        : decimalText(duration.milliseconds / 1000);
    case 'durationUnary':
      return duration.operator + printPart(duration.operand);
    case 'durationBinary':
      return `${printPart(duration.left)} ${duration.operator} ${printPart(duration.right)}`;
    case 'durationCall':
      return `${duration.name}(${duration.args.map(printPart).join(', ')})`;
    case 'durationParentheses':
      return `(${printPart(duration.inner)})`;
  }
}
