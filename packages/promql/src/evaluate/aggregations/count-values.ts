import { decimalText, histogramText, type Labels } from '@vigie/series';
import { quote } from '../../syntax/quote.ts';
import { ABSENT, emptyRow, HISTOGRAM, type Row, setFloat } from '../columns.ts';
import { ExecutionError } from '../execution-error.ts';
import { groupLabels } from '../grouping.ts';
import type { AggregationInput, Aggregator } from './aggregator.ts';

/** Texts of numbers that are remembered: values come again from step to step. */
const REMEMBERED = 10_000;

/** `count_values`: how many elements have each value, which is told in a label. */
export const countValues: Aggregator = (input) => {
  const label = input.text();
  if (label === '' || !label.isWellFormed()) throw new ExecutionError(`invalid label name ${quote(label)}`);
  const tally = new Tally(label, input);
  for (const row of input.rows) tally.add(row);
  return tally.rows;
};

class Tally {
  readonly #label: string;
  readonly #input: AggregationInput;
  readonly #labelsOf: (of: Labels) => Labels;
  /** By labels of a group, then by text. */
  readonly #counts = new Map<string, Map<string, Row>>();
  readonly #texts = new Map<number, string>();

  constructor(label: string, input: AggregationInput) {
    const { grouping, without } = input.node;
    this.#label = label;
    this.#input = input;
    // A `by` keeps the new label, too; a `without` that names it takes it away again.
    this.#labelsOf = groupLabels({ without, grouping: without ? grouping : [...grouping, label] });
  }

  get rows(): Row[] {
    return [...this.#counts.values()].flatMap((group) => [...group.values()]);
  }

  add(row: Row): void {
    const base = this.#labelsOf(row.labels.without(this.#label));
    const group = this.#counts.get(base.key) ?? new Map<string, Row>();
    this.#counts.set(base.key, group);
    for (let step = 0; step < row.kinds.length; step++) {
      if (row.kinds[step] === ABSENT) continue;
      const text = this.#textAt(row, step);
      const counted = group.get(text) ?? this.#newRow(base, text, row.dropName);
      group.set(text, counted);
      setFloat(counted, step, (counted.values[step] ?? 0) + 1);
    }
  }

  #newRow(base: Labels, text: string, dropName: boolean): Row {
    const { count } = this.#input;
    this.#input.context.count(1);
    return emptyRow(this.#labelsOf(base.with(this.#label, text)), dropName, count);
  }

  #textAt({ kinds, values, histograms }: Row, step: number): string {
    const histogram = kinds[step] === HISTOGRAM ? histograms?.[step] : undefined;
    if (histogram !== undefined) return histogramText(histogram);
    const value = values[step] ?? 0;
    // A map takes -0 and 0 for one key; their texts differ.
    if (value === 0) return decimalText(value);
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const text = decimalText(value);
    if (this.#texts.size >= REMEMBERED) this.#texts.clear();
    this.#texts.set(value, text);
    return text;
  }
}
