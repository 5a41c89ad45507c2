import type { Labels, Matcher } from '@vigie/series';
import { LabelIndex } from '../index/label-index.ts';
import { type HeadSeries, newSeries } from './head-series.ts';

/** The series of one project. */
class ProjectSeries {
  readonly byKey = new Map<string, HeadSeries>();
  readonly index: LabelIndex;
  /** The newest time of any sample. */
  newest = Number.NEGATIVE_INFINITY;

  constructor(labelsOf: (ref: number) => Labels) {
    this.index = new LabelIndex(labelsOf);
  }
}

/** All series of the head, by ref and by labels. A project's series are found by that project alone. */
export class SeriesTable {
  readonly #byRef = new Map<number, HeadSeries>();
  readonly #projects = new Map<string, ProjectSeries>();
  #lastRef = 0;

  get size(): number {
    return this.#byRef.size;
  }

  byRef(ref: number): HeadSeries | undefined {
    return this.#byRef.get(ref);
  }

  find(project: string, labels: Labels): HeadSeries | undefined {
    return this.#projects.get(project)?.byKey.get(labels.key);
  }

  /** Adds a series that is not there, under the next ref or under the one it had before a restart. */
  add(project: string, labels: Labels, ref = this.#lastRef + 1): HeadSeries {
    const series = newSeries(ref, project, labels);
    this.reserve(ref);
    const of = this.#project(project);
    this.#byRef.set(ref, series);
    of.byKey.set(labels.key, series);
    of.index.add(ref, labels);
    return series;
  }

  /** Keeps a ref that a file knows from being given to another series. */
  reserve(ref: number): void {
    this.#lastRef = Math.max(this.#lastRef, ref);
  }

  /** How many series a project has. */
  count(project: string): number {
    return this.#projects.get(project)?.byKey.size ?? 0;
  }

  projects(): string[] {
    return [...this.#projects.keys()];
  }

  /** The newest time of any sample of a project; -Infinity before the first. */
  newest(project: string): number {
    return this.#projects.get(project)?.newest ?? Number.NEGATIVE_INFINITY;
  }

  /** A sample of the project has come. */
  seen(project: string, time: number): void {
    const of = this.#project(project);
    if (time > of.newest) of.newest = time;
  }

  select(project: string, matchers: readonly Matcher[]): HeadSeries[] {
    const refs = this.#projects.get(project)?.index.select(matchers) ?? new Uint32Array(0);
    return Array.from(refs, (ref) => this.#known(ref));
  }

  /** Where a project's labels are looked up; null when it has no series. */
  index(project: string): LabelIndex | null {
    return this.#projects.get(project)?.index ?? null;
  }

  /** Every series, by rising ref. */
  all(): Iterable<HeadSeries> {
    return this.#byRef.values();
  }

  /** Forgets the series of which `keeps` does not say so. */
  retain(keeps: (series: HeadSeries) => boolean): void {
    for (const series of this.#byRef.values()) {
      if (keeps(series)) continue;
      this.#byRef.delete(series.ref);
      this.#projects.get(series.project)?.byKey.delete(series.labels.key);
    }
    for (const [name, project] of this.#projects) {
      project.index.retain((ref) => this.#byRef.has(ref));
      if (project.byKey.size === 0) this.#projects.delete(name);
    }
  }

  #project(name: string): ProjectSeries {
    const known = this.#projects.get(name);
    if (known !== undefined) return known;
    const project = new ProjectSeries((ref) => this.#known(ref).labels);
    this.#projects.set(name, project);
    return project;
  }

  #known(ref: number): HeadSeries {
    const series = this.#byRef.get(ref);
    if (series === undefined) throw new RangeError(`BUG: no series ${ref}`);
    return series;
  }
}
