import { RE2JS } from 're2js';

/** Answers of one expression that are remembered: label values come again with every query. */
const REMEMBERED = 10_000;

/** What has no meaning of its own in an expression: such a text matches itself alone. */
const PLAIN = /^[^\\.+*?()[\]{}^$|]*$/u;

/**
 * Compiles an RE2 expression that has to match a whole value, in linear time whatever the expression.
 * Alternatives of plain texts, and a plain text before or behind `.*` or `.+`, are compared without the machine.
 * @throws {Error} the library's reason when it is none.
 */
export function fullMatch(expression: string): (value: string) => boolean {
  return alternatives(expression) ?? affix(expression) ?? machine(expression);
}

function alternatives(expression: string): ((value: string) => boolean) | undefined {
  const texts = expression.split('|');
  if (!texts.every((text) => PLAIN.test(text))) return undefined;
  const [only] = texts;
  if (texts.length === 1) return (value) => value === only;
  const set = new Set(texts);
  return (value) => set.has(value);
}

function affix(expression: string): ((value: string) => boolean) | undefined {
  const [, before = '', text = '', after = ''] = /^(\.[*+])?([\s\S]*?)(\.[*+])?$/u.exec(expression) ?? [];
  if (!PLAIN.test(text) || before + after === '' || (text === '' && before !== '' && after !== ''))
    return undefined;
  const least = Number(before === '.+') + Number(after === '.+');
  const longEnough = (value: string): boolean => value.length >= text.length + least;
  if (before === '') return (value) => longEnough(value) && value.startsWith(text);
  if (after === '') return (value) => longEnough(value) && value.endsWith(text);
  const from = Number(before === '.+');
  return (value) => {
    const end = value.length - Number(after === '.+');
    const at = value.indexOf(text, from);
    return at !== -1 && at + text.length <= end;
  };
}

function machine(expression: string): (value: string) => boolean {
  const compiled = RE2JS.compile(expression, RE2JS.DOTALL);
  const known = new Map<string, boolean>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const matches = compiled.matches(value);
    known.set(value, matches);
    return matches;
  };
}
