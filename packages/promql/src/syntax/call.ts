import type { Call, Expression } from './ast.ts';
import { quote } from './quote.ts';
import type { Source } from './source.ts';
import { isWord, type Token } from './tokens.ts';

/** Reads a function call, whose name is the next token. */
export function readCall(source: Source): Call {
  const { tokens, options } = source;
  const name = tokens.take();
  const { start } = name;
  const args = readArguments(source);
  const signature = options.functions.get(name.text);
  if (signature === undefined) return tokens.refuse(`unknown function with name ${quote(name.text)}`, name);
  const { experimentalFunctions = false } = options;
  if (signature.experimental === true && !experimentalFunctions) {
    tokens.refuse(`function ${quote(name.text)} is not enabled`, name);
  }
  const span = { start, end: tokens.lastEnd };
  return { kind: 'call', name: name.text, args, returns: signature.returns, span };
}

/** Reads arguments in parentheses. */
export function readArguments(source: Source): Expression[] {
  const { tokens } = source;
  tokens.expect('(');
  const args: Expression[] = [];
  if (tokens.takeIf(')') !== undefined) return args;
  for (;;) {
    args.push(source.expression());
    if (tokens.takeIf(')') !== undefined) return args;
    const comma = tokens.expect(',');
    if (!beginsOperand(tokens.peek()))
      tokens.refuse('trailing commas not allowed in function call args', comma);
  }
}

function beginsOperand(token: Token): boolean {
  const { kind, word } = token;
  return (
    isWord(token) || kind === 'number' || kind === 'duration' || kind === 'string' || '({+-'.includes(word)
  );
}
