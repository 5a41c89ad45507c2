import { type Matcher, METRIC_NAME, matcher } from '@vigie/series';

/** The name that `info` looks for when nothing is said of names. */
const DEFAULT_NAME = 'target_info';

/** What names end in that `info` looks for when it is only said what they are not. */
const ANY_NAME = '.+_info';

/** The matchers of names that tell `info` its info metrics. Source: Prometheus' documentation of `info`. */
export function infoNames(given: readonly Matcher[]): readonly Matcher[] {
  const names = given.filter(({ name }) => name === METRIC_NAME);
  if (names.length === 0) return [matcher(METRIC_NAME, '=', DEFAULT_NAME)];
  const positive = names.some(({ operator }) => operator === '=' || operator === '=~');
  return positive ? names : [matcher(METRIC_NAME, '=~', ANY_NAME), ...names];
}
