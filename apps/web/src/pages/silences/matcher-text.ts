/** Matchers as people write them: `team="db"`, `instance=~"api-.*"`. */
import type { Matcher } from '@vigie/contract';

/** The four ways to compare, as Alertmanager writes them. */
export const OPERATORS = ['=', '!=', '=~', '!~'] as const;

export type Operator = (typeof OPERATORS)[number];

/** How a matcher compares. */
export function operatorOf({ isEqual, isRegex }: Matcher): Operator {
  if (isRegex) return isEqual ? '=~' : '!~';
  return isEqual ? '=' : '!=';
}

/** The same matcher with another comparison. */
export function withOperator(matcher: Matcher, operator: Operator): Matcher {
  return { ...matcher, isEqual: !operator.startsWith('!'), isRegex: operator.endsWith('~') };
}

/** `team="db"`. */
export function matcherText(matcher: Matcher): string {
  return `${matcher.name}${operatorOf(matcher)}${JSON.stringify(matcher.value)}`;
}

/** Reads `team="db"` or `team=db`; null for what is none. */
export function readMatcher(text: string): Matcher | null {
  const [, name = '', sign = '', rest = ''] = /^\s*([^=!~\s]+)\s*(=~|!~|!=|=)\s*(.*)$/s.exec(text) ?? [];
  const operator = OPERATORS.find((one) => one === sign);
  if (operator === undefined) return null;
  return withOperator({ name, value: unquoted(rest.trim()), isEqual: true, isRegex: false }, operator);
}

function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
}
