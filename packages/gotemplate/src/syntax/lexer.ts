import { ActionLexer } from './lex-action.ts';
import type { Token } from './token.ts';

const LEFT = '{{';
const RIGHT = '}}';
const SPACES = ' \t\r\n';

/** Splits a template into tokens: text, and what stands between delimiters. The last is `eof` or `error`. */
export function tokenize(template: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let trimNext = false;
  for (;;) {
    const left = template.indexOf(LEFT, at);
    const end = left === -1 ? template.length : left;
    const trimsLeft = left !== -1 && hasTrimMarker(template, left + LEFT.length);
    pushText(tokens, template, trimNext ? skipSpaces(template, at, end) : at, end, trimsLeft);
    if (left === -1) {
      tokens.push({ kind: 'eof', text: '', at: template.length });
      return tokens;
    }
    const inside = left + LEFT.length + (trimsLeft ? 2 : 0);
    const comment = template.startsWith('/*', left + LEFT.length + (trimsLeft ? 2 : 0));
    const after = comment
      ? skipComment(template, inside, tokens)
      : new ActionLexer(template, left, inside, tokens).run();
    if (after === undefined) return tokens;
    at = after.at;
    trimNext = after.trim;
  }
}

/** Where an action or a comment ended, and whether it swallows the spaces that follow. */
export interface ActionEnd {
  readonly at: number;
  readonly trim: boolean;
}

/** The end of an action that begins here, if one does. */
export function actionEnd(template: string, at: number): ActionEnd | undefined {
  if (
    SPACES.includes(template.charAt(at)) &&
    template.startsWith(`-${RIGHT}`, at + 1) &&
    at < template.length
  )
    return { at: at + 2 + RIGHT.length, trim: true };
  return template.startsWith(RIGHT, at) ? { at: at + RIGHT.length, trim: false } : undefined;
}

export function isSpace(character: string): boolean {
  return character !== '' && SPACES.includes(character);
}

function hasTrimMarker(template: string, at: number): boolean {
  return template.charAt(at) === '-' && isSpace(template.charAt(at + 1));
}

function skipSpaces(template: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(template.charAt(at))) at++;
  return at;
}

function pushText(tokens: Token[], template: string, start: number, end: number, trims: boolean): void {
  let stop = end;
  while (trims && stop > start && isSpace(template.charAt(stop - 1))) stop--;
  if (stop > start) tokens.push({ kind: 'text', text: template.slice(start, stop), at: start });
}

function skipComment(template: string, start: number, tokens: Token[]): ActionEnd | undefined {
  const close = template.indexOf('*/', start + 2);
  if (close === -1) {
    tokens.push({ kind: 'error', text: 'unclosed comment', at: start });
    return undefined;
  }
  const end = actionEnd(template, close + 2);
  if (end === undefined)
    tokens.push({ kind: 'error', text: 'comment ends before closing delimiter', at: start });
  return end;
}
