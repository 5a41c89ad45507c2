import {
  type Binary,
  COMPARISONS,
  type Expression,
  SET_OPERATORS,
  type Span,
  type VectorMatching,
} from './ast.ts';
import { ParseError } from './parse-error.ts';
import { quote } from './quote.ts';
import { typeOf } from './type-of.ts';

const COMPARING: ReadonlySet<string> = new Set(COMPARISONS);
const SETS: ReadonlySet<string> = new Set(SET_OPERATORS);

interface Checked {
  readonly text: string;
  readonly matchings: ReadonlyMap<Binary, VectorMatching>;
}

/** @throws {ParseError} when an operation's sides, or what is said about matching them, do not go together. */
export function checkBinary(binary: Binary, { text, matchings }: Checked): void {
  const matching = matchings.get(binary) ?? binary.matching;
  const fault =
    operatorFault(binary, matching) ??
    sideFault(binary.left) ??
    sideFault(binary.right) ??
    matchingFault(binary, matching);
  if (fault === undefined) return;
  throw new ParseError(fault.reason, fault.span ?? operatorSpan(binary, text), text);
}

interface Fault {
  readonly reason: string;
  /** The operator's own without one. */
  readonly span?: Span;
}

function operatorFault(
  { operator, bool, left, right }: Binary,
  matching: VectorMatching | null,
): Fault | undefined {
  const compares = COMPARING.has(operator);
  if (bool && !compares) return { reason: 'bool modifier can only be used on comparison operators' };
  if (compares && !bool && typeOf(left) === 'scalar' && typeOf(right) === 'scalar') {
    return { reason: 'comparisons between scalars must use BOOL modifier' };
  }
  if (matching?.on !== true) return undefined;
  const twice = matching.labels.find((label) => matching.include.includes(label));
  if (twice === undefined) return undefined;
  return { reason: `label ${quote(twice)} must not occur in ON and GROUP clause at once` };
}

function sideFault(side: Expression): Fault | undefined {
  const type = typeOf(side);
  if (type === 'scalar' || type === 'vector') return undefined;
  return { reason: 'binary expression must contain only scalar and instant vector types', span: side.span };
}

function matchingFault(
  { operator, left, right, span }: Binary,
  matching: VectorMatching | null,
): Fault | undefined {
  const vectors = typeOf(left) === 'vector' && typeOf(right) === 'vector';
  const filled = matching !== null && (matching.fillLeft !== null || matching.fillRight !== null);
  if (!vectors) {
    if (matching !== null && matching.labels.length > 0) {
      return { reason: 'vector matching only allowed between instant vectors', span };
    }
    if (filled) return { reason: 'filling in missing series only allowed between instant vectors', span };
    if (!SETS.has(operator)) return undefined;
    return { reason: `set operator ${quote(operator)} not allowed in binary scalar expression`, span };
  }
  if (!SETS.has(operator)) return undefined;
  if (matching?.cardinality !== 'many-to-many') {
    return { reason: `no grouping allowed for ${quote(operator)} operation`, span };
  }
  return filled ? { reason: 'filling in missing series not allowed for set operators', span } : undefined;
}

/** From behind the left side to before the right one, without the blanks at both ends. */
function operatorSpan({ left, right }: Binary, text: string): Span {
  const between = text.slice(left.span.end, right.span.start);
  const start = left.span.end + between.length - between.trimStart().length;
  return { start, end: start + between.trim().length };
}
