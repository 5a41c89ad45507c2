import { rangeSelector, selector } from './selectors.ts';
import type { Source } from './source.ts';

type Fault = (source: Source) => string;

/** What no rule allows, and what has no answer. */
const FAULTS: readonly Fault[] = [
  (source) => `rate(${source.vector(1)})`,
  (source) => `abs(${source.range(1)})`,
  (source) => `sum(${source.scalar(1)})`,
  (source) => `${rangeSelector(source.random)} + 1`,
  (source) => `1 > ${source.random.int(9)}`,
  (source) => `(${source.vector(1)}) and 1`,
  (source) => `(${source.vector(1)}) + bool (${source.vector(1)})`,
  (source) => `(${source.vector(1)}) + on (job) group_left (job) (${source.vector(1)})`,
  (source) => `no_such_function(${source.vector(1)})`,
  (source) => `clamp(${source.vector(1)}, 1)`,
  (source) => `label_replace(${source.vector(1)}, "a", 1, "b", "c")`,
  (source) => `topk(${selector(source.random)})`,
  (source) => `(${source.vector(1)}) offset 5m`,
  () => '-"text"',
  (source) => `count_values("", ${selector(source.random)})`,
  (source) => `label_replace(${selector(source.random)}, "a", "$1", "job", "(.*")`,
  () => '{}',
  () => '{job=~".*"}',
  () => 'up{job=~"("}',
  (source) => `(${source.vector(1)}`,
  (source) => `${selector(source.random)} ${selector(source.random)}`,
];

export function fault(source: Source): string {
  return source.random.pick(FAULTS)(source);
}
