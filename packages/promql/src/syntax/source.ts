import type { Binary, Expression, VectorMatching } from './ast.ts';
import type { ParseOptions } from './parse-options.ts';
import type { TokenStream } from './token-stream.ts';

/** What every part of the parser reads from. */
export interface Source {
  readonly tokens: TokenStream;
  readonly options: ParseOptions;
  /** How vectors were to be matched, for each operation: the check needs it where there are no two vectors. */
  readonly matchings: Map<Binary, VectorMatching>;
  /** Reads a whole expression, whatever operators it has. */
  expression(): Expression;
}
