import type { Meter } from '../limits.ts';
import { kindOf } from '../values/kind.ts';
import type { GoValue } from '../values/value.ts';
import { NO_FLAGS } from './flags.ts';
import { Printer } from './printer.ts';

/** One value as `%v` shows it. */
export function valueText(value: GoValue, meter: Meter): string {
  return sprint([value], meter);
}

/** Values as Go's `fmt.Sprint`: a space only between two of which neither is a string. */
export function sprint(values: readonly GoValue[], meter: Meter): string {
  return joined(values, meter, (a, b) => kindOf(a) !== 'string' && kindOf(b) !== 'string');
}

/** Values as Go's `fmt.Sprintln`: spaces between them and a new line behind. */
export function sprintln(values: readonly GoValue[], meter: Meter): string {
  return `${joined(values, meter, () => true)}\n`;
}

function joined(
  values: readonly GoValue[],
  meter: Meter,
  spaced: (a: GoValue, b: GoValue) => boolean,
): string {
  const printer = new Printer(meter);
  for (const [index, value] of values.entries()) {
    if (index > 0 && spaced(values[index - 1], value)) printer.write(' ');
    printer.operand(value, 'v', NO_FLAGS);
  }
  return printer.text;
}
