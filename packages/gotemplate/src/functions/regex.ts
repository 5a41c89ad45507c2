import { RE2JS } from 're2js';
import { quote } from '../format/quote.ts';
import type { Meter } from '../limits.ts';
import { CallError } from '../template-error.ts';
import { textOf } from '../values/argument.ts';
import { GoFunction } from '../values/function.ts';

/** `$1`, `$name` as long as it can be, `${name}`, `$$`; any other dollar is one. */
const REFERENCE = /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu;
const NUMBER = /^\d+$/u;
/** Longer expressions are not compiled: their machine would take too long to build. */
const LONGEST = 10_000;

/** The machine goes through so many pairs of a character and a part of the expression in the time of a step. */
const PAIRS_OF_STEP = 1000;
/** What it takes to build one, in steps. */
const STEPS_OF_MACHINE = 20;

/** `match`: whether an RE2 expression finds anything in a text. */
export const MATCH = new GoFunction({ parameters: ['string', 'string'] }, ([expression, text], meter) =>
  compile(textOf(expression), textOf(text), meter, false).matcher(textOf(text)).find(),
);

/** `reReplaceAll`: replaces all that an expression finds; the replacement refers to groups. */
export const REPLACE_ALL = new GoFunction(
  { parameters: ['string', 'string', 'string'] },
  ([expression, replacement, text], meter) =>
    replaceAll(
      compile(textOf(expression), textOf(text), meter, true),
      textOf(text),
      textOf(replacement),
      meter,
    ),
);

function compile(expression: string, text: string, meter: Meter, must: boolean): RE2JS {
  meter.step(STEPS_OF_MACHINE + Math.floor((expression.length * text.length) / PAIRS_OF_STEP));
  if (expression.length > LONGEST) throw new CallError('error parsing regexp: expression too large');
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CallError(must ? `regexp: Compile(${quoteExpression(expression)}): ${reason}` : reason);
  }
}

function quoteExpression(expression: string): string {
  return expression.includes('`') ? quote(expression) : `\`${expression}\``;
}

function replaceAll(compiled: RE2JS, text: string, template: string, meter: Meter): string {
  const matcher = compiled.matcher(text);
  const names = compiled.namedGroups();
  const count = compiled.groupCount();
  const group = (name: string): string => {
    const index = NUMBER.test(name) ? Number(name) : (names[name] ?? count + 1);
    return index <= count ? (matcher.group(index) ?? '') : '';
  };
  let replaced = '';
  let at = 0;
  // An empty match right behind the one before replaces nothing.
  let last = -1;
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()];
    if (start === end && start === last) continue;
    replaced += text.slice(at, start) + expand(template, group);
    meter.size(replaced.length);
    at = end;
    last = end;
  }
  return replaced + text.slice(at);
}

function expand(template: string, group: (name: string) => string): string {
  return template.replace(REFERENCE, (_, dollar?: string, bare?: string, braced?: string) =>
    dollar === undefined ? group(bare ?? braced ?? '') : '$',
  );
}
