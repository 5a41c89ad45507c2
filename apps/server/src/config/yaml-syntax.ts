import type { ErrorCode } from 'yaml';

/** The parser's own messages may repeat parts of the file, and so of a secret; these do not. */
const REASONS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'a value that begins with * names an anchor that does not exist; put such text in quotes',
  BAD_DQ_ESCAPE: 'unknown escape after \\ in double quotes; double the \\ or use single quotes',
  BAD_INDENT: 'wrong indentation',
  BAD_SCALAR_START: 'a value begins with a reserved character (@ or `); put such text in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a value holds a second ": "; put such text in quotes',
  DUPLICATE_KEY: 'the same name is given twice in one section',
  MISSING_CHAR: 'a character is missing: a colon, comma, quote or bracket',
  MULTILINE_IMPLICIT_KEY: 'a name without ":" behind it',
  MULTIPLE_DOCS: 'a second document begins (---); the file must be one',
  TAB_AS_INDENT: 'a tab in the indentation; use spaces',
  TAG_RESOLVE_FAILED: 'a value begins with !; put such text in quotes',
};

/** What is wrong with a YAML text, from the parser's code. */
export function syntaxReason(code: ErrorCode): string {
  return REASONS[code] ?? `not valid YAML (${code})`;
}
