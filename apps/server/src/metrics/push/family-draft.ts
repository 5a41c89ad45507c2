import { readFloat } from '@vigie/exposition';
import { AppError } from '../../errors.ts';
import { derivedNames } from './collisions.ts';
import { figureOf, type PushedFamily, type PushedMetric, type PushedType } from './model.ts';

/** A histogram or a summary whose lines come one by one. */
interface Parts {
  labels: readonly string[];
  sum: number;
  count: number;
  /** By bound. */
  parts: Map<number, number>;
  seen: Set<string>;
}

/** A family while its text is read. */
export class FamilyDraft {
  readonly name: string;
  /** Null = not given. */
  type: PushedType | null = null;
  help: string | null = null;
  /** By their labels. */
  readonly #plain = new Map<string, PushedMetric>();
  readonly #parted = new Map<string, Parts>();

  constructor(name: string) {
    this.name = name;
  }

  get hasMetrics(): boolean {
    return this.#plain.size + this.#parted.size > 0;
  }

  /** Whether lines of its name and this suffix are its own. */
  takes(suffix: string): boolean {
    return derivedNames(this.name, this.type ?? 'unknown').includes(this.name + suffix);
  }

  /**
   * Takes a line. @returns what is inconsistent about it; null = nothing.
   * @throws AppError `invalid` when it is no part of its family.
   */
  add(suffix: string, labels: ReadonlyMap<string, string>, value: number): string | null {
    if (this.type === 'histogram' || this.type === 'summary') return this.#addPart(suffix, labels, value);
    const pairs = [...labels].flat();
    const key = JSON.stringify(pairs);
    if (this.#plain.has(key)) return this.#twice(key);
    this.#plain.set(key, [pairs, figureOf(value)]);
    return null;
  }

  family(): PushedFamily {
    const { name, help } = this;
    return {
      name,
      help,
      type: this.type ?? 'unknown',
      metrics: [...this.#plain.values(), ...this.#distributions()],
    };
  }

  #addPart(suffix: string, given: ReadonlyMap<string, string>, value: number): string | null {
    const bounded = this.#boundLabel(suffix);
    const labels = [...given].filter(([name]) => name !== bounded).flat();
    const key = JSON.stringify(labels);
    const found = this.#parted.get(key) ?? { labels, sum: 0, count: 0, parts: new Map(), seen: new Set() };
    this.#parted.set(key, found);
    const bound = bounded === null ? null : this.#boundOf(bounded, given.get(bounded));
    const line = `${suffix} ${bound}`;
    if (found.seen.has(line)) return this.#twice(key);
    found.seen.add(line);
    if (bound !== null) found.parts.set(bound, value);
    else if (suffix === '_sum') found.sum = value;
    else found.count = value;
    // It would stand beside the bound of the same name.
    return labels.some((name, at) => at % 2 === 0 && name === (this.type === 'summary' ? 'quantile' : 'le'))
      ? `the ${this.type} "${this.name}" has a bound as a label`
      : null;
  }

  /** The label that bounds lines of this suffix; null = they are sums or counts. */
  #boundLabel(suffix: string): 'le' | 'quantile' | null {
    if (this.type === 'histogram' && suffix === '_bucket') return 'le';
    if (this.type === 'summary' && suffix === '') return 'quantile';
    if (suffix === '_sum' || suffix === '_count') return null;
    throw new AppError(
      'invalid',
      `the ${this.type} "${this.name}" has a sample that is neither bucket, sum nor count`,
    );
  }

  #boundOf(label: string, text: string | undefined): number {
    const bound = text === undefined ? undefined : readFloat(text);
    if (bound !== undefined && !Number.isNaN(bound)) return bound;
    throw new AppError(
      'invalid',
      `the ${this.type} "${this.name}" has ${label}=${JSON.stringify(text ?? '')}, which is no number`,
    );
  }

  #distributions(): PushedMetric[] {
    return [...this.#parted.values()].map(({ labels, sum, count, parts }) => {
      // Every histogram has this bucket, whether or not its client writes it.
      if (this.type === 'histogram' && !parts.has(Number.POSITIVE_INFINITY))
        parts.set(Number.POSITIVE_INFINITY, count);
      const bounds = [...parts].sort(([a], [b]) => a - b);
      return [
        labels,
        figureOf(sum),
        figureOf(count),
        bounds.map(([b, n]) => [figureOf(b), figureOf(n)] as const),
      ];
    });
  }

  #twice(key: string): string {
    return `metric "${this.name}" is there twice with the labels ${key}`;
  }
}
