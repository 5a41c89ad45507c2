import type { Labels, Matcher } from '@vigie/series';
import { encodeChunk } from '../chunk/chunk.ts';
import type { Folder } from '../folder.ts';
import type { LabelIndex } from '../index/label-index.ts';
import { Log } from '../log/log.ts';
import type { Damage } from '../log/segment.ts';
import { mergeSamples } from '../merge-samples.ts';
import { SampleColumns } from '../sample-columns.ts';
import { Batch } from './batch.ts';
import { Checkpoints, newestCheckpoint } from './checkpoint.ts';
import { ClosedChunks } from './closed-chunks.ts';
import { HeadFiles } from './head-files.ts';
import { HeadReader } from './head-reader.ts';
import type { HeadSeries } from './head-series.ts';
import { Judge, type TimeRules } from './judge.ts';
import { OpenChunks } from './open-chunks.ts';
import { OPEN_SAMPLES } from './open-slots.ts';
import { recover } from './recover.ts';
import { SampleLog } from './sample-log.ts';
import { SeriesTable } from './series-table.ts';

/** What a head takes. */
export interface HeadOptions extends TimeRules {
  /** Series that one project may have. */
  readonly mostSeries: number;
}

export const DEFAULT_HEAD_OPTIONS: HeadOptions = { past: 3_600_000, lateWindow: 0, mostSeries: 2_000_000 };

/** Bytes of the log that may wait for a disk that does not take them; more are refused. */
const MOST_PENDING_BYTES = 64 * 1024 * 1024;

/** Characters of a series' project, names and values: three bytes each, they fit into a record of the log. */
const MOST_LABELS_LENGTH = 128 * 1024;

/** A project has as many series as it may. */
export class TooManySeriesError extends Error {
  override readonly name = 'TooManySeriesError';
}

/**
 * The newest hours of all series: open chunks and closed ones in memory, and a log that has every sample until a
 * checkpoint and the head files have it. Everything is synchronous; what is applied is there to be read at once, and
 * on disk when `commit` returns.
 */
export class Head implements Disposable {
  readonly table = new SeriesTable();
  readonly open = new OpenChunks();
  readonly closed = new ClosedChunks();
  /** What could not be read at the start. */
  readonly damages: readonly Damage[];
  readonly #reader = new HeadReader(this.open, this.closed);
  readonly #judge: Judge;
  /** Samples before this time are in blocks, or gone. */
  #keptFrom: number;
  readonly #mostSeries: number;
  readonly #segments: Log;
  readonly #log: SampleLog;
  readonly #files: HeadFiles;
  readonly #checkpoints: Checkpoints;

  /**
   * Opens the head that a folder holds, or a new one.
   * @param begin what lies before this time is in blocks: it is not taken up again.
   */
  constructor(folder: Folder, options: Partial<HeadOptions> = {}, begin = Number.NEGATIVE_INFINITY) {
    const settings = { ...DEFAULT_HEAD_OPTIONS, ...options };
    this.#mostSeries = settings.mostSeries;
    this.#judge = new Judge(settings, this.table, this.open, this.#reader);
    this.#judge.takenFrom = begin;
    this.#keptFrom = begin;
    this.#files = new HeadFiles(folder);
    this.damages = recover(folder, this, begin);
    this.#segments = new Log(folder, newestCheckpoint(folder));
    this.#checkpoints = new Checkpoints(folder, this, this.#files, this.#segments);
    this.#log = new SampleLog(this.#segments);
  }

  /** Samples behind this time are refused as too new: the owner moves it on with its clock. */
  get horizon(): number {
    return this.#judge.horizon;
  }

  set horizon(time: number) {
    this.#judge.horizon = time;
  }

  /**
   * The series of a project with these labels, made if there is none.
   * @throws {TooManySeriesError} when the project has as many as it may.
   * @throws {RangeError} when project and labels are longer than the log can write.
   */
  series(project: string, labels: Labels): HeadSeries {
    const known = this.table.find(project, labels);
    if (known !== undefined) return known;
    if (this.table.count(project) >= this.#mostSeries)
      throw new TooManySeriesError(`the project has ${this.#mostSeries} series, as many as it may`);
    const length = labels.pairs.reduce((sum, text) => sum + text.length, project.length);
    if (length > MOST_LABELS_LENGTH)
      throw new RangeError(`labels of ${length} characters, at most ${MOST_LABELS_LENGTH}`);
    const series = this.table.add(project, labels);
    this.#log.addSeries(series);
    return series;
  }

  /** A batch to add samples to; several may be filled at a time only if they have no series in common. */
  batch(): Batch {
    return new Batch(this.#judge);
  }

  /**
   * Takes the samples of a batch, and empties it.
   * @throws when the disk has not taken what came before for too long; nothing is changed then.
   */
  apply(batch: Batch): void {
    if (this.#log.pending > MOST_PENDING_BYTES)
      throw new Error('the disk does not take what was stored before');
    batch.handOver((series, samples, at) => this.#apply(series, samples, at));
    batch.clear();
  }

  /**
   * Returns when everything applied is on disk.
   * @throws what the disk says: nothing since the last commit may be acknowledged then, and all of it is written with
   *   the next one.
   */
  commit(): void {
    this.#log.commit();
  }

  /**
   * Does a piece of the work that keeps the log short: a few milliseconds at a time, to be called now and then.
   * @returns whether there is more to do.
   */
  maintain(): boolean {
    return this.#checkpoints.step();
  }

  /**
   * Commits, ends the segment of the log and begins a checkpoint, whatever its size: `maintain` writes it.
   * @throws what the disk says.
   */
  checkpoint(): void {
    this.commit();
    this.#checkpoints.begin();
  }

  /**
   * Begins to give up what lies before a time: samples of it are refused from now on, and open chunks that lie before
   * it are closed.
   */
  beginCut(time: number): void {
    this.#judge.takenFrom = Math.max(this.#judge.takenFrom, time);
    for (const series of this.table.all())
      if (series.count > 0 && series.lastTime < time) this.#close(series);
  }

  /** Samples before this time are in blocks, or gone: what is still here of them is to be passed over. */
  get keptFrom(): number {
    return this.#keptFrom;
  }

  /**
   * Forgets what lies before a time, now that blocks have it: chunks, series without any, head files and late samples.
   * The log says so too: what was deleted before it came into a block would be found again otherwise.
   * @throws what the disk says; files that could not be removed are at the next time.
   */
  forgetBefore(time: number): void {
    this.#forget(time);
    this.#log.addKeptFrom(time);
    this.#log.commit();
    this.#files.removeBefore(time);
  }

  /** As `forgetBefore`, of what is known to be forgotten when files are read. */
  keepFrom(time: number): void {
    if (time <= this.#keptFrom) return;
    this.beginCut(time);
    this.#forget(time);
  }

  #forget(time: number): void {
    this.#keptFrom = Math.max(this.#keptFrom, time);
    for (const series of this.table.all()) {
      this.closed.dropBefore(series, time);
      series.late?.keep(0, time - 1, Number.POSITIVE_INFINITY);
      if (series.late?.count === 0) series.late = null;
    }
    this.table.retain(
      ({ count, chunks, late, lateChunks, lastTime }) =>
        count > 0 || chunks.length > 0 || late !== null || lateChunks !== null || lastTime >= time,
    );
  }

  /** The series of a project that fit all matchers, whenever they have samples. */
  select(project: string, matchers: readonly Matcher[]): HeadSeries[] {
    return this.table.select(project, matchers);
  }

  /** Where a project's label names and values are looked up; null when it has no series. */
  index(project: string): LabelIndex | null {
    return this.table.index(project);
  }

  /** Appends the samples of a series with `after < time <= until` to empty columns. */
  read(series: HeadSeries, into: SampleColumns, after: number, until: number): void {
    this.#reader.read(series, into, after, until);
  }

  /**
   * Takes a sample as it is, without asking or logging, as applying and recovering do. Its time is behind that of
   * every other sample of its series.
   */
  place(series: HeadSeries, samples: SampleColumns, at: number): void {
    const time = samples.timestamps[at] ?? 0;
    const histogram = samples.histograms?.[at];
    this.table.seen(series.project, time);
    if (this.open.closesBefore(series, time, histogram !== undefined)) this.#close(series);
    if (histogram === undefined) this.open.put(series, time, samples.values, at);
    else this.open.putHistogram(series, time, histogram);
  }

  /** A head file was found to have this chunk. */
  foundChunk(file: number, chunk: Uint8Array): void {
    this.#files.found(file, chunk);
  }

  /** As `place`, of a float that came behind later ones and is not there yet. */
  placeLate(series: HeadSeries, samples: SampleColumns, at: number): void {
    const one = new SampleColumns(1);
    one.copy(samples, at);
    series.late = series.late === null ? one : mergeSamples(series.late, one);
    if (series.late.count < OPEN_SAMPLES) return;
    const chunk = encodeChunk(series.late);
    this.#files.add(series.ref, chunk, true);
    this.closed.add(series, chunk, true);
    series.late = null;
  }

  /** Whether a series has a sample at a time, and this float: `stored` means that it has none and may take it. */
  compare(
    series: HeadSeries,
    time: number,
    values: Float64Array,
    at: number,
  ): 'stored' | 'same' | 'duplicate' {
    return this.#reader.compare(series, time, values, at);
  }

  [Symbol.dispose](): void {
    this.#checkpoints[Symbol.dispose]();
    this.#segments[Symbol.dispose]();
    this.#files[Symbol.dispose]();
  }

  #apply(series: HeadSeries, samples: SampleColumns, at: number): void {
    if ((samples.timestamps[at] ?? 0) > series.lastTime) {
      this.#log.add(series, samples, at);
      this.place(series, samples, at);
    } else {
      this.#log.addLate(series, samples, at);
      this.placeLate(series, samples, at);
    }
  }

  #close(series: HeadSeries): void {
    const chunk = encodeChunk(this.open.columns(series));
    this.#files.add(series.ref, chunk, false);
    this.closed.add(series, chunk, false);
    this.open.clear(series);
  }
}
