import { CallError } from '../template-error.ts';
import { textOf } from '../values/argument.ts';
import { GoFunction } from '../values/function.ts';
import type { GoType } from '../values/go-type.ts';
import { compareBytes } from '../values/utf8.ts';
import { GoMap, GoSlice, GoStruct, type GoValue, stringMap, struct } from '../values/value.ts';

/** One series of an answer. */
export interface QueriedSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE: GoType<GoStruct> = { name: '*template.sample' };
const RESULT: GoType<GoSlice> = { name: 'template.queryResult', element: SAMPLE.name };
/** The label that some exporters put a text into. */
const VALUE_LABEL = '__value__';

/** An answer as templates see it. */
export function queryResult(samples: readonly QueriedSample[]): GoSlice {
  const items = samples.map(({ labels, value }) =>
    struct(SAMPLE, { Labels: stringMap(labels), Value: value }),
  );
  return new GoSlice(items, RESULT);
}

function labelOf(sample: GoValue, name: string): string {
  const labels = sample instanceof GoStruct ? sample.fields.get('Labels') : undefined;
  const value = labels instanceof GoMap ? labels.entries.get(name) : undefined;
  return typeof value === 'string' ? value : '';
}

function itemsOf(result: GoValue): readonly GoValue[] {
  return result instanceof GoSlice ? result.items : [];
}

function first(result: GoValue): GoValue {
  const [found] = itemsOf(result);
  if (found === undefined) throw new CallError('first() called on vector with no elements');
  return found;
}

function sortByLabel(result: GoValue, label: string): GoSlice {
  const items = [...itemsOf(result)].sort((a, b) => compareBytes(labelOf(a, label), labelOf(b, label)));
  return new GoSlice(items, RESULT);
}

/** Functions of answers and of their samples. */
export const SAMPLES = {
  first: new GoFunction({ parameters: [RESULT.name] }, ([result]) => first(result)),
  label: new GoFunction({ parameters: ['string', SAMPLE.name] }, ([name, sample]) =>
    labelOf(sample, textOf(name)),
  ),
  value: new GoFunction({ parameters: [SAMPLE.name] }, ([sample]) =>
    sample instanceof GoStruct ? sample.fields.get('Value') : undefined,
  ),
  strvalue: new GoFunction({ parameters: [SAMPLE.name] }, ([sample]) => labelOf(sample, VALUE_LABEL)),
  sortByLabel: new GoFunction({ parameters: ['string', RESULT.name] }, ([label, result]) =>
    sortByLabel(result, textOf(label)),
  ),
} as const;
