import { range } from './calendar-spec.ts';
import { ScheduleError, type ScheduleField } from './schedule-error.ts';

/** A piece of an expression and its offset there. */
export interface Token {
  readonly text: string;
  readonly position: number;
}

/** The values a field takes. */
export interface NumberField {
  readonly name: ScheduleField;
  readonly min: number;
  readonly max: number;
}

/** The words of a text that lies at `position`, parted by white space. */
export function splitWords(text: string, position = 0): Token[] {
  return [...text.matchAll(/\S+/g)].map((word) => ({ text: word[0], position: position + word.index }));
}

/** The parts of a token between separators; empty parts too. */
export function splitToken(token: Token, separator: string): Token[] {
  let position = token.position;
  return token.text.split(separator).map((text) => {
    const part = { text, position };
    position += text.length + separator.length;
    return part;
  });
}

/** Splits `base/step`; the step is null when there is none. */
export function splitStep(item: Token, field: ScheduleField): { base: Token; step: number | null } {
  const slash = item.text.indexOf('/');
  if (slash < 0) return { base: item, step: null };
  const step = wholeNumber(item.text.slice(slash + 1));
  if (step === null || step < 1) {
    throw new ScheduleError(field, 'a whole number from 1 up must follow "/"', item.position + slash);
  }
  return { base: { text: item.text.slice(0, slash), position: item.position }, step };
}

/** The ends of a range written with `mark`; a token that is no range is both its ends. */
export function splitRange(
  token: Token,
  mark: string,
  field: ScheduleField,
  read: (value: Token) => number,
): { from: number; to: number } {
  const at = token.text.indexOf(mark);
  if (at < 0) {
    const value = read(token);
    return { from: value, to: value };
  }
  const from = read({ text: token.text.slice(0, at), position: token.position });
  const to = read({ text: token.text.slice(at + mark.length), position: token.position + at + mark.length });
  if (from > to) throw new ScheduleError(field, `"${token.text}" ends before it starts`, token.position);
  return { from, to };
}

/**
 * The numbers of `a`, `a/step`, `a..b` or `a..b/step`, where `mark` stands for the dots. `a..a/step` means
 * `a/step`, not `a`: so cronsim and oncalendar have it.
 */
export function itemNumbers(
  item: Token,
  mark: string,
  field: NumberField,
  read: (value: Token) => number = (value) => fieldNumber(value, field),
): readonly number[] {
  const { base, step } = splitStep(item, field.name);
  const { from, to } = splitRange(base, mark, field.name, read);
  return range(from, from === to && step !== null ? field.max : to, step ?? 1);
}

/**
 * The number a token stands for.
 * @throws ScheduleError when it is no number or outside the field's values.
 */
export function fieldNumber({ text, position }: Token, field: NumberField): number {
  const number = wholeNumber(text);
  if (number === null) {
    throw new ScheduleError(
      field.name,
      text === '' ? 'a value is missing' : `"${text}" is not a value`,
      position,
    );
  }
  if (number < field.min || number > field.max) {
    throw new ScheduleError(field.name, `${text} is outside ${field.min} to ${field.max}`, position);
  }
  return number;
}

export function wholeNumber(text: string): number | null {
  return /^[0-9]+$/.test(text) ? Number(text) : null;
}
