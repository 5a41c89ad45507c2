/** Bounds of what is pushed: each of them refuses a push with a sentence of its own, and nothing is changed. */

/** Bytes of a body, as sent and as unpacked. */
export const BODY_LIMIT = 1_048_576;
export const UNPACKED_LIMIT = 8_388_608;
/** Groups of a project. */
export const MOST_GROUPS = 1_000;
/** Families and series of one group. */
export const MOST_FAMILIES = 1_000;
export const MOST_SERIES = 10_000;
/** Series of all groups of a project. */
export const MOST_PROJECT_SERIES = 50_000;
/** Labels of a series, those of its group included. */
export const MOST_LABELS = 64;
/** Characters. */
export const NAME_LENGTH = 256;
export const VALUE_LENGTH = 2_048;
export const HELP_LENGTH = 2_048;
/** Milliseconds that a group may ask to be kept. */
export const LONGEST_TTL = 400 * 86_400_000;
