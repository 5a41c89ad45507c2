import { AGGREGATIONS, type Aggregation, type AggregationName, type Expression } from './ast.ts';
import { readArguments } from './call.ts';
import { readLabelNames } from './label-names.ts';
import type { Source } from './source.ts';
import type { TokenStream } from './token-stream.ts';

const CONTEXT = { name: 'aggregation' };

const WITH_PARAMETER: ReadonlySet<AggregationName> = new Set<AggregationName>([
  'topk',
  'bottomk',
  'quantile',
  'count_values',
  'limitk',
  'limit_ratio',
]);
const EXPERIMENTAL: ReadonlySet<AggregationName> = new Set<AggregationName>(['limitk', 'limit_ratio']);

/** Reads an aggregation, whose name is the next token: `by` and `without` stand before or behind the arguments. */
export function readAggregation(source: Source): Aggregation {
  const { tokens } = source;
  const name = tokens.take();
  const { start } = name;
  const operator = AGGREGATIONS.find((each) => each === name.word) ?? tokens.unexpected();
  return tokens.within(CONTEXT, () => {
    const before = readGrouping(tokens);
    const args = readArguments(source);
    const grouping = before ?? readGrouping(tokens) ?? { grouping: [], without: false };
    const span = { start, end: tokens.lastEnd };
    return { kind: 'aggregation', operator, ...operands(source, operator, args, span), ...grouping, span };
  });
}

function readGrouping(tokens: TokenStream): Pick<Aggregation, 'grouping' | 'without'> | undefined {
  const keyword = tokens.takeIf('by') ?? tokens.takeIf('without');
  if (keyword === undefined) return undefined;
  return { grouping: readLabelNames(tokens), without: keyword.word === 'without' };
}

function operands(
  { tokens, options }: Source,
  operator: AggregationName,
  args: readonly Expression[],
  span: Aggregation['span'],
): Pick<Aggregation, 'parameter' | 'expression'> {
  if (args.length === 0) tokens.refuse('no arguments for aggregate expression provided', span);
  const { experimentalFunctions = false } = options;
  if (EXPERIMENTAL.has(operator) && !experimentalFunctions) {
    const flag = '--enable-feature=promql-experimental-functions';
    tokens.refuse(`${operator}() is experimental and must be enabled with ${flag}`, span);
  }
  const parameters = WITH_PARAMETER.has(operator) ? 1 : 0;
  const expression = args[parameters];
  if (args.length !== parameters + 1 || expression === undefined) {
    const counts = `expected ${parameters + 1}, got ${args.length}`;
    return tokens.refuse(`wrong number of arguments for aggregate expression provided, ${counts}`, span);
  }
  return { parameter: parameters === 0 ? null : (args[0] ?? null), expression };
}
