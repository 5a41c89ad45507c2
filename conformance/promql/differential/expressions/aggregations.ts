import { quantile } from './ranges.ts';
import { DISTINCT, rangeSelector, selector, WHOLE } from './selectors.ts';
import type { Source } from './source.ts';

const PLAIN = ['sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'stdvar', 'sum', 'avg'] as const;
const GROUPINGS = [
  '',
  '',
  ' by (job)',
  ' by (job, instance)',
  ' by (zone)',
  ' by (missing, code)',
  ' by (__name__, job)',
  ' by ()',
  ' without (instance)',
  ' without (code, path)',
  ' without (le)',
  ' without ()',
] as const;

export function aggregation(source: Source, depth: number): string {
  const { random } = source;
  const grouping = random.pick(GROUPINGS);
  switch (random.int(6)) {
    case 0:
      return `quantile${grouping} (${quantile(source, depth)}, ${source.vector(depth - 1)})`;
    case 1:
      return `${random.pick(['topk', 'bottomk'])}${grouping} (${count(source, depth)}, ${distinct(source)})`;
    case 2:
      return `count_values${grouping} (${random.pick(['"value"', '"value"', '"job"'])}, ${whole(source, depth)})`;
    default:
      return `${random.pick(PLAIN)}${grouping} (${source.vector(depth - 1)})`;
  }
}

function count({ random, scalar }: Source, depth: number): string {
  return random.chance(0.1) ? scalar(depth - 1) : random.pick(['0', '1', '2', '3', '5.9', '100', '-1']);
}

/** Values that no two series share: which of two equal ones is taken hangs on chance in 2.x. */
function distinct({ random }: Source): string {
  switch (random.int(4)) {
    case 0:
      return `${random.pick(['avg', 'max', 'min', 'last', 'sum'])}_over_time(${rangeSelector(random, DISTINCT)})`;
    case 1:
      return `${selector(random, DISTINCT)} ${random.pick(['+ 3', '* -1.5', '/ 7', '- 1'])}`;
    case 2:
      return selector(random, ['odd_value{job="api"}', 'odd_value{job="db"}']);
    default:
      return selector(random, DISTINCT);
  }
}

/** Values that no rounding touches, because their text becomes a label. */
function whole(source: Source, depth: number): string {
  const { random } = source;
  switch (random.int(4)) {
    case 0:
      return `${random.pick(['count_over_time', 'changes', 'resets'])}(${rangeSelector(random)})`;
    case 1:
      return `count${random.pick(GROUPINGS)} (${source.vector(depth - 1)})`;
    case 2:
      return selector(random, ['odd_value']);
    default:
      return selector(random, WHOLE);
  }
}
