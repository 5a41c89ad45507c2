/**
 * What became of a sample. `same` was there already with that value, which is as good as stored; the rest are
 * refusals: another value at that time, a time behind a later sample beyond what may come late, a time too far behind
 * everything the store has, a time too far ahead of the clock.
 */
export const OUTCOMES = ['stored', 'same', 'duplicate', 'out_of_order', 'too_old', 'too_new'] as const;
export type Outcome = (typeof OUTCOMES)[number];
