/** Reads the text of a push into families, with the labels of its group. */
import {
  ExpositionError,
  type ExpositionSink,
  type MetricType,
  readText,
  type TextSample,
} from '@vigie/exposition';
import { AppError } from '../../errors.ts';
import { collisionOf, possibleFamilies } from './collisions.ts';
import { FamilyDraft } from './family-draft.ts';
import { HELP_LENGTH, MOST_FAMILIES, MOST_LABELS, MOST_SERIES, NAME_LENGTH, VALUE_LENGTH } from './limits.ts';
import { type GroupLabels, type PushedFamily, typeFrom } from './model.ts';

/** What the server says of a group itself; pushed ones of these names do not count. */
export const TIME_METRICS: readonly string[] = ['push_time_seconds', 'push_failure_time_seconds'];

export interface ReadPush {
  families: PushedFamily[];
  /** Why the metrics must not be taken though they could be read; null = as far as the push itself tells, they may. */
  refusal: string | null;
}

const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** @throws AppError `invalid` when the text is none of the format, or goes beyond a bound. */
export function readPush(text: string, group: GroupLabels): ReadPush {
  if (text !== '' && !text.endsWith('\n')) {
    const line = text.split('\n').length;
    throw new AppError(
      'invalid',
      `text format parsing error in line ${line}: the last line does not end with a line feed`,
    );
  }
  const reader = new PushReader(group);
  try {
    readText(text, reader);
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    throw new AppError('invalid', `text format parsing error in line ${error.line}: ${error.reason}`);
  }
  return reader.result();
}

class PushReader implements ExpositionSink {
  readonly #group: GroupLabels;
  readonly #families = new Map<string, FamilyDraft>();
  #refusal: string | null = null;
  #series = 0;

  constructor(group: GroupLabels) {
    this.#group = group;
  }

  type(name: string, type: MetricType): void {
    const draft = this.#draft(name);
    if (draft.type !== null || draft.hasMetrics)
      throw fault(`the type of "${name}" is given a second time, or after its samples`);
    draft.type = typeFrom(type);
  }

  help(name: string, text: string): void {
    const draft = this.#draft(name);
    if (draft.help !== null) throw fault(`the help of "${name}" is given a second time`);
    if (text.length > HELP_LENGTH)
      throw fault(`the help of "${name}" is longer than ${HELP_LENGTH} characters`);
    draft.help = text;
  }

  sample(sample: TextSample): void {
    if (sample.timestamp !== null) this.#refuse('pushed metrics must not have timestamps');
    if (++this.#series > MOST_SERIES) throw fault(`more than ${MOST_SERIES} series in one group`);
    const [, name = '', ...own] = sample.labels();
    const draft = this.#owner(name);
    const labels = this.#labelsOf(name, own);
    const said = draft.add(name.slice(draft.name.length), labels, sample.value);
    if (said !== null) this.#refuse(said);
  }

  result(): ReadPush {
    const families: PushedFamily[] = [];
    for (const draft of this.#families.values())
      if (draft.hasMetrics && !TIME_METRICS.includes(draft.name)) families.push(draft.family());
    const byName = new Map(families.map((family) => [family.name, family]));
    for (const family of families)
      for (const other of possibleFamilies(family.name)) {
        const said = byName.get(other);
        if (said !== undefined) this.#refuse(collisionOf(family, said, 'of the same push'));
      }
    return { families, refusal: this.#refusal };
  }

  /** The first reason counts. */
  #refuse(reason: string | null): void {
    this.#refusal ??= reason;
  }

  #draft(name: string): FamilyDraft {
    const known = this.#families.get(name);
    if (known !== undefined) return known;
    if (!METRIC.test(name) || name.length > NAME_LENGTH)
      throw fault(`${JSON.stringify(name.slice(0, NAME_LENGTH))} is no name of a metric`);
    if (this.#families.size === MOST_FAMILIES) throw fault(`more than ${MOST_FAMILIES} metrics in one group`);
    const draft = new FamilyDraft(name);
    this.#families.set(name, draft);
    return draft;
  }

  /** The family that a sample of this name belongs to. */
  #owner(name: string): FamilyDraft {
    const own = this.#families.get(name);
    if (own !== undefined) return own;
    for (const family of possibleFamilies(name)) {
      const draft = this.#families.get(family);
      if (draft?.takes(name.slice(family.length))) return draft;
    }
    return this.#draft(name);
  }

  /** In the order of their names; those of the group take the place of the sample's own. */
  #labelsOf(metric: string, own: readonly string[]): Map<string, string> {
    const labels = new Map<string, string>();
    for (let at = 0; at < own.length; at += 2) {
      const [name = '', value = ''] = [own[at], own[at + 1]];
      if (!LABEL.test(name) || name.length > NAME_LENGTH)
        throw fault(
          `metric "${metric}" has a label whose name is none: ${JSON.stringify(name.slice(0, NAME_LENGTH))}`,
        );
      if (name.startsWith('__')) this.#refuse(`metric "${metric}" has a label with a reserved name: ${name}`);
      if (value.length > VALUE_LENGTH || value.includes('\0'))
        throw fault(
          `metric "${metric}": the value of ${name} is longer than ${VALUE_LENGTH} characters, or has a zero byte`,
        );
      labels.set(name, value);
    }
    for (const [name, value] of this.#group) labels.set(name, value);
    if (!labels.has('instance')) labels.set('instance', '');
    if (labels.size > MOST_LABELS) throw fault(`metric "${metric}" has more than ${MOST_LABELS} labels`);
    return new Map([...labels].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function fault(message: string): AppError {
  return new AppError('invalid', message);
}
