import { AppError } from '../errors.ts';
import type { Matcher } from './matchers.ts';

/** A name, an operator, a value; either of them may be quoted. */
const MATCHER = /^\s*("(?:[^"\\]|\\.)*"|[^\s=!~"{},]+)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;
const QUOTED = /^"(?:[^"\\]|\\.)*"$/s;

/** Reads one matcher as people write it: `severity=~"critical|error"`. @throws AppError `invalid`. */
export function parseMatcher(text: string, field: string): Matcher {
  const [, name = '', operator = '', value = ''] = MATCHER.exec(text) ?? [];
  if (operator === '') {
    throw new AppError('invalid', `is no matcher such as severity=~"critical|error": ${text}`, { field });
  }
  return {
    name: unquoted(name, field),
    value: unquoted(value, field),
    isRegex: operator.includes('~'),
    isEqual: operator.startsWith('='),
  };
}

function unquoted(text: string, field: string): string {
  if (!text.includes('"')) return text;
  if (!QUOTED.test(text)) throw new AppError('invalid', `has a stray quotation mark: ${text}`, { field });
  return text.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => {
    if (character === 'n') return '\n';
    // In a regular expression `\.` means something; only quotation mark and backslash are escapes of ours.
    return character === '"' || character === '\\' ? character : `\\${character}`;
  });
}
