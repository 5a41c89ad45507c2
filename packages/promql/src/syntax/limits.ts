/** Code units of the longest text that is read. */
export const LONGEST_TEXT = 1_000_000;

/** How deep parentheses, calls, signs and powers may stand in one another: each level costs the parser stack. */
export const DEEPEST_NESTING = 500;

/** The highest tree: chains of operators count too, as whoever goes through a tree goes down each of them. */
export const HIGHEST_TREE = 1000;
