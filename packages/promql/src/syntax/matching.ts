import type { VectorMatching } from './ast.ts';
import { readLabelNames } from './label-names.ts';
import { readSignedNumber } from './literals.ts';
import type { Source } from './source.ts';
import type { TokenStream } from './token-stream.ts';

/** What stands between an operator and its right side. Without `group_left` or `group_right` the operator tells the cardinality. */
export interface Modifiers {
  readonly bool: boolean;
  readonly matching: Omit<VectorMatching, 'cardinality'> & {
    readonly cardinality: 'many-to-one' | 'one-to-many' | undefined;
  };
}

/** Reads `bool`, `on (...)`, `group_left (...)`, `fill (...)`: each may be missing, none may stand elsewhere. */
export function readModifiers(source: Source): Modifiers {
  const { tokens } = source;
  const bool = tokens.takeIf('bool') !== undefined;
  const labels = readMatchedLabels(tokens);
  return { bool, matching: { ...labels, ...readFills(source) } };
}

type MatchedLabels = Pick<Modifiers['matching'], 'cardinality' | 'on' | 'labels' | 'include'>;

function readMatchedLabels(tokens: TokenStream): MatchedLabels {
  const keyword = tokens.takeIf('on') ?? tokens.takeIf('ignoring');
  if (keyword === undefined) return { cardinality: undefined, on: false, labels: [], include: [] };
  const on = keyword.word === 'on';
  const labels = readLabelNames(tokens);
  const group = tokens.takeIf('group_left') ?? tokens.takeIf('group_right');
  if (group === undefined) return { cardinality: undefined, on, labels, include: [] };
  const include = tokens.peek().word === '(' ? readLabelNames(tokens) : [];
  return { cardinality: group.word === 'group_left' ? 'many-to-one' : 'one-to-many', on, labels, include };
}

type Fills = Pick<VectorMatching, 'fillLeft' | 'fillRight'>;

function readFills(source: Source): Fills {
  const both = readFill(source, 'fill');
  if (both !== null) return { fillLeft: both, fillRight: both };
  const first = readFill(source, 'fill_left');
  const fillRight = readFill(source, 'fill_right');
  return { fillLeft: first ?? readFill(source, 'fill_left'), fillRight };
}

/** `fill` and its like are metrics' names where no parenthesis follows. */
function readFill({ tokens, options }: Source, word: string): number | null {
  if (tokens.peek().word !== word || tokens.peekBehind().word !== '(') return null;
  const { fillModifiers = true } = options;
  if (!fillModifiers) tokens.refuse('binop fill modifiers are experimental and not enabled', tokens.peek());
  tokens.take();
  tokens.expect('(');
  const value = readSignedNumber(tokens);
  tokens.expect(')');
  return value;
}
