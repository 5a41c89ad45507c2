/** The hour at which people are back. */
const MORNING = 9;

/** Nine o'clock of the next day, in the reader's time zone. */
export function tomorrowMorning(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING);
}
