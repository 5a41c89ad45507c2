import { RE2JS } from 're2js';

/** Gives a template with what an expression found in a value, or undefined when it does not match the whole value. */
export type Expander = (value: string, template: string) => string | undefined;

/** `$$`, `$name` as long as it can be, `${name}`; any other dollar is one. */
const REFERENCE = /\$(?:(\$)|(\w+)|\{(\w+)\})/g;
const NUMBER = /^\d+$/;

/**
 * Compiles an RE2 expression that has to match a whole value, for templates with `$1`, `$name` and `${name}`, as
 * Go expands them: a group that does not exist, or found nothing, is the empty text.
 * @throws {Error} the library's reason when it is no expression.
 */
export function expander(expression: string): Expander {
  const compiled = RE2JS.compile(expression, RE2JS.DOTALL);
  const names = compiled.namedGroups();
  const groups = compiled.groupCount();
  return (value, template) => {
    const matcher = compiled.matcher(value);
    if (!matcher.matches()) return undefined;
    const groupAt = (index: number): string => (index <= groups ? (matcher.group(index) ?? '') : '');
    return template.replace(REFERENCE, (_, dollar?: string, bare?: string, braced?: string) => {
      if (dollar !== undefined) return '$';
      const name = bare ?? braced ?? '';
      if (NUMBER.test(name)) return groupAt(Number(name));
      const index = names[name];
      return index === undefined ? '' : groupAt(index);
    });
  };
}
