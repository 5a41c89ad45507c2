import type { Commands } from '../../src/commands.ts';

const HOUR = 3_600_000;
/** Hours by the wall clock from one round that is done to the next. */
const EVERY = 6;

/**
 * The commands, with most rounds of housekeeping left out: nobody judges sums, retention and reports here, and each
 * round writes. Those that are left get in the way of everything else as they should.
 */
export function withRareHousekeeping(commands: Commands): Commands {
  const {
    'maintenance.hours': hours,
    'maintenance.retention': retention,
    'reports.look': reports,
  } = commands;
  const isDue = (at: number): boolean => Math.floor(at / HOUR) % EVERY === 0;
  return {
    ...commands,
    'maintenance.hours': { each: async (tx, input) => isDue(tx.at) && hours.each(tx, input) },
    'maintenance.retention': {
      each: async (tx, input) => (isDue(tx.at) ? retention.each(tx, input) : null),
    },
    'reports.look': {
      each: async (tx, input) =>
        isDue(tx.at) ? reports.each(tx, input) : { count: 0, next: tx.at - (tx.at % HOUR) + HOUR },
    },
  };
}
