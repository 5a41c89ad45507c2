import type { Labels } from '@vigie/series';
import type { Binary, VectorMatching } from '../syntax/ast.ts';
import { FLOAT, type Row } from './columns.ts';
import { type Operand, operate } from './columns-operators.ts';
import type { Evaluation } from './evaluation.ts';
import { isArithmetic } from './float-operators.ts';
import { groupRows, matchLabels } from './matching.ts';
import { requireOneToOne, requireUniqueOne, requireUniqueResults } from './matching-errors.ts';
import { mergeSameLabels, type RowIdentity, unnamed, withoutName } from './names.ts';
import { absence, presence } from './presence.ts';

/**
 * Arithmetic, comparisons and trims between the elements of two vectors that match.
 * @throws {ExecutionError} when an element has several partners and nothing allows it.
 */
export function matchVectors(
  node: Binary,
  matching: VectorMatching,
  left: readonly Row[],
  right: readonly Row[],
  evaluation: Evaluation,
): readonly Row[] {
  return mergeSameLabels(new VectorMatch(node, matching, left, right, evaluation).results());
}

/** One operation. `one` is the side that may have one element of a key at a step: the right one, save for `group_right`. */
class VectorMatch {
  readonly #node: Binary;
  readonly #matching: VectorMatching;
  readonly #many: readonly Row[];
  readonly #one: readonly Row[];
  readonly #evaluation: Evaluation;
  readonly #labelsOf: (of: Labels) => Labels;
  readonly #identities: ResultLabels;
  /** Whether the left side is the one. */
  readonly #swapped: boolean;
  readonly #fillOne: number | null;
  readonly #fillMany: number | null;

  constructor(
    node: Binary,
    matching: VectorMatching,
    left: readonly Row[],
    right: readonly Row[],
    evaluation: Evaluation,
  ) {
    this.#node = node;
    this.#matching = matching;
    this.#evaluation = evaluation;
    this.#labelsOf = matchLabels(matching);
    this.#identities = new ResultLabels(node, matching, evaluation.delayedNameRemoval);
    this.#swapped = matching.cardinality === 'one-to-many';
    [this.#many, this.#one] = this.#swapped ? [right, left] : [left, right];
    [this.#fillMany, this.#fillOne] = this.#swapped
      ? [matching.fillRight, matching.fillLeft]
      : [matching.fillLeft, matching.fillRight];
  }

  results(): Row[] {
    if (this.#many.length === 0 && this.#fillMany === null) return [];
    if (this.#one.length === 0 && this.#fillOne === null) return [];
    const ones = groupRows(this.#one, this.#labelsOf);
    const manies = groupRows(this.#many, this.#labelsOf);
    for (const one of ones.values()) this.#requireUniqueOne(one);
    if (this.#fillOne === null)
      for (const [key, one] of ones) this.#requireUniqueMany(manies.get(key) ?? [], one);
    const results = this.#many.flatMap((row) =>
      this.#pairs(row, ones.get(this.#labelsOf(row.labels).key) ?? []),
    );
    if (this.#fillOne !== null) this.#requireUniqueFilled(manies, ones);
    if (this.#fillMany !== null)
      for (const [key, one] of ones)
        results.push(...this.#filledMany(one, manies.get(key) ?? [], this.#fillMany));
    return results;
  }

  /** The labels that all elements of one key have. */
  #keyLabels([row]: readonly Row[]): Labels {
    if (row === undefined) throw new Error('a group has a row');
    return this.#labelsOf(row.labels);
  }

  /** All results of one element of the many side. */
  #pairs(row: Row, partners: readonly Row[]): Row[] {
    const results = partners.map((partner) =>
      this.#result(this.#identities.of(row, partner.labels), row, partner),
    );
    if (this.#fillOne !== null)
      results.push(this.#result(this.#identities.of(row, null), row, this.#filling(partners, this.#fillOne)));
    return results;
  }

  /** What elements of the one side give for which the many side has none. */
  #filledMany(one: readonly Row[], many: readonly Row[], value: number): Row[] {
    const missing = this.#filling(many, value);
    const labels = this.#keyLabels(one);
    return one.map((row) => {
      return this.#result(this.#identities.of({ labels, dropName: row.dropName }, row.labels), missing, row);
    });
  }

  #result(identity: RowIdentity, many: Operand, one: Operand): Row {
    const [left, right] = this.#swapped ? [one, many] : [many, one];
    const { values, kinds, histograms } = operate(this.#node, left, right, 'left', this.#evaluation);
    return { ...identity, values, kinds, histograms };
  }

  /** A value wherever some rows have nothing. */
  #filling(rows: readonly Row[], value: number): Operand {
    const { count } = this.#evaluation.steps;
    const kinds = rows.length === 0 ? new Uint8Array(count).fill(FLOAT) : absence(presence(rows, count));
    return { values: new Float64Array(count).fill(value), kinds, histograms: null };
  }

  #requireUniqueOne(one: readonly Row[]): void {
    if (one.length < 2) return;
    const { count } = this.#evaluation.steps;
    const side = this.#swapped ? 'left' : 'right';
    const asked = this.#fillMany === null ? presence(this.#many, count) : null;
    requireUniqueOne(one, asked, this.#keyLabels(one), side);
  }

  #requireUniqueFilled(manies: Map<string, Row[]>, ones: Map<string, Row[]>): void {
    for (const [key, many] of manies) this.#requireUniqueMany(many, ones.get(key) ?? []);
  }

  #requireUniqueMany(many: readonly Row[], one: readonly Row[]): void {
    if (many.length < 2) return;
    const matched = this.#fillOne === null ? presence(one, this.#evaluation.steps.count) : null;
    const labelsOf = (row: Row): Labels => this.#identities.of(row, one[0]?.labels ?? null).labels;
    if (this.#matching.cardinality === 'one-to-one') requireOneToOne(many, matched);
    else requireUniqueResults(many, matched, labelsOf);
  }
}

/** What results are called. */
class ResultLabels {
  readonly #matching: VectorMatching;
  readonly #delayed: boolean;
  readonly #isNew: boolean;
  readonly #bool: boolean;
  readonly #named: ReadonlySet<string>;

  constructor({ operator, bool }: Binary, matching: VectorMatching, delayed: boolean) {
    this.#matching = matching;
    this.#delayed = delayed;
    this.#isNew = isArithmetic(operator);
    this.#bool = bool;
    this.#named = new Set(matching.labels);
  }

  /** Of an element of the many side and the labels of its partner, null where there is none. */
  of(many: RowIdentity, partner: Labels | null): RowIdentity {
    const { labels, dropName } = this.#bool ? unnamed(many, this.#delayed) : many;
    let result = this.#isNew ? withoutName(labels) : labels;
    if (this.#matching.cardinality === 'one-to-one')
      result = result.filter((name) => this.#named.has(name) === this.#matching.on);
    for (const name of this.#matching.include) result = result.with(name, partner?.get(name) ?? '');
    return { labels: result, dropName };
  }
}
