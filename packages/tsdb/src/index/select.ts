import type { Labels, Matcher } from '@vigie/series';
import { intersect, subtract, union } from './postings.ts';

/** So few candidates are looked at one by one instead of gathering the lists of a label's values. */
const FEW_CANDIDATES = 64;

/** Lists of series by label, wherever they lie. All lists rise. */
export interface PostingSource {
  readonly size: number;
  all(): Uint32Array;
  /** How many series have this value of a label. */
  countOf(name: string, value: string): number;
  /** The series with this value of a label. */
  withValue(name: string, value: string): Uint32Array;
  /** The lists of the values that are wanted. */
  lists(name: string, wanted: (value: string) => boolean): Uint32Array[];
  labelsOf(ref: number): Labels;
}

/** The series that fit all matchers, rising. */
export function selectSeries(source: PostingSource, matchers: readonly Matcher[]): Uint32Array {
  const demanding = matchers.filter((matcher) => !matcher.matches(''));
  const lenient = matchers.filter((matcher) => matcher.matches(''));
  let refs: Uint32Array | undefined;
  for (const matcher of cheapestFirst(source, demanding)) {
    if (refs === undefined) refs = fitting(source, matcher);
    else if (refs.length <= FEW_CANDIDATES) refs = filter(source, refs, matcher);
    else refs = intersect(refs, fitting(source, matcher));
    if (refs.length === 0) return refs;
  }
  refs ??= source.all();
  for (const matcher of lenient) {
    if (refs.length <= FEW_CANDIDATES) refs = filter(source, refs, matcher);
    else refs = subtract(refs, union(source.lists(matcher.name, (value) => !matcher.matches(value))));
  }
  return refs;
}

/** Equality of a rare value first: what follows has less to do. */
function cheapestFirst(source: PostingSource, matchers: readonly Matcher[]): Matcher[] {
  return matchers
    .map((matcher) => {
      const { name, operator, value } = matcher;
      return { matcher, cost: operator === '=' ? source.countOf(name, value) : source.size };
    })
    .sort((a, b) => a.cost - b.cost)
    .map(({ matcher }) => matcher);
}

function filter(source: PostingSource, refs: Uint32Array, { name, matches }: Matcher): Uint32Array {
  return refs.filter((ref) => matches(source.labelsOf(ref).get(name)));
}

/** The series that have the label with a value that fits. */
function fitting(source: PostingSource, { name, operator, value, matches }: Matcher): Uint32Array {
  return operator === '=' ? source.withValue(name, value) : union(source.lists(name, matches));
}
