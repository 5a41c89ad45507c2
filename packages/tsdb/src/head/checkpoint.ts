import { ByteWriter } from '../bytes/byte-writer.ts';
import { encodeChunk } from '../chunk/chunk.ts';
import type { Folder } from '../folder.ts';
import { FrameFile } from '../log/frame-file.ts';
import { type Log, numbered, numbersIn } from '../log/log.ts';
import { keptFromBody, RECORD, SeriesWriter } from '../log/records.ts';
import { type Damage, readFrames } from '../log/segment.ts';
import type { SampleColumns } from '../sample-columns.ts';
import type { HeadFiles } from './head-files.ts';
import type { HeadSeries } from './head-series.ts';

const PREFIX = 'checkpoint/';
const MAGIC = Uint8Array.from([...new TextEncoder().encode('VIGIECHK'), 1]);

/** Series that one step writes: some milliseconds. */
const STEP_SERIES = 2_000;

/** What a checkpoint is made of. */
export interface CheckpointSource {
  /** Samples before this time are in blocks, or gone. */
  readonly keptFrom: number;
  readonly table: { all(): Iterable<HeadSeries> };
  readonly open: { columns(series: HeadSeries): SampleColumns };
}

/**
 * Keeps the log short: when a segment has its size, the next one begins, and all that segments up to it said is
 * written elsewhere - closed chunks are in head files, series and open chunks go to a checkpoint - and they are removed.
 * The writing is done in steps; what happens between them is in the log.
 */
export class Checkpoints implements Disposable {
  readonly #folder: Folder;
  readonly #source: CheckpointSource;
  readonly #files: HeadFiles;
  readonly #log: Log;
  #running: Generator<void> | null = null;

  constructor(folder: Folder, source: CheckpointSource, files: HeadFiles, log: Log) {
    this.#folder = folder;
    this.#source = source;
    this.#files = files;
    this.#log = log;
    folder.remove(`${PREFIX}new`);
    // What was replayed at this start need not be at the next one.
    if (log.number > 1 + newestCheckpoint(folder)) this.#running = this.#write(log.number - 1);
  }

  /**
   * Does a piece of what there is to do.
   * @returns whether there is more.
   * @throws what the disk says; it is tried again with the next segment.
   */
  step(): boolean {
    this.#files.flush();
    if (this.#running === null && this.#log.full) this.begin();
    try {
      if (this.#running?.next().done === true) this.#running = null;
    } catch (error) {
      this.#running = null;
      throw error;
    }
    return this.#running !== null;
  }

  /** Ends the segment and begins to write what all of them said, unless that is being done. */
  begin(): void {
    if (this.#running !== null) return;
    this.#log.rotate();
    this.#running = this.#write(this.#log.number - 1);
  }

  [Symbol.dispose](): void {
    this.#running?.return(undefined);
  }

  /** Writes all that segments up to a number said, and removes them. */
  *#write(number: number): Generator<void> {
    const name = `${PREFIX}new`;
    this.#folder.remove(name);
    {
      using file = new FrameFile(this.#folder, name, MAGIC);
      if (Number.isFinite(this.#source.keptFrom)) file.add(keptFromBody(this.#source.keptFrom));
      yield* this.#writeSeries(file);
      yield* this.#writeChunks(file);
      file.add(Uint8Array.of(RECORD.end));
      // Chunks that were closed meanwhile are in no checkpoint.
      this.#files.sync();
      file.sync();
    }
    this.#folder.rename(name, PREFIX + numbered(number));
    this.#log.removeThrough(number);
    for (const older of numbersIn(this.#folder, PREFIX))
      if (older < number) this.#folder.remove(PREFIX + numbered(older));
  }

  *#writeSeries(file: FrameFile): Generator<void> {
    const writer = new SeriesWriter((body) => file.add(body));
    yield* inSteps(
      this.#source.table.all(),
      (series) => writer.add(series),
      () => file.flush(),
    );
    writer.end();
  }

  *#writeChunks(file: FrameFile): Generator<void> {
    const body = new ByteWriter(1_024);
    const put = (kind: number, series: HeadSeries, samples: SampleColumns): void => {
      body.clear();
      body.byte(kind);
      body.varint(series.ref);
      body.raw(encodeChunk(samples));
      file.add(body.written);
    };
    const write = (series: HeadSeries): void => {
      if (series.count > 0) put(RECORD.openChunk, series, this.#source.open.columns(series));
      if (series.late !== null) put(RECORD.lateChunk, series, series.late);
    };
    yield* inSteps(this.#source.table.all(), write, () => file.flush());
  }
}

/** Does something with each, and rests after some. Those that come meanwhile are met as well, or not: both is right. */
function* inSteps(
  all: Iterable<HeadSeries>,
  take: (series: HeadSeries) => void,
  rest: () => void,
): Generator<void> {
  let left = STEP_SERIES;
  for (const series of all) {
    take(series);
    left -= 1;
    if (left > 0) continue;
    left = STEP_SERIES;
    rest();
    yield;
  }
}

/** The number of the newest checkpoint; 0 without any. */
export function newestCheckpoint(folder: Folder): number {
  return numbersIn(folder, PREFIX).at(-1) ?? 0;
}

/**
 * Goes through the records of the newest checkpoint that is whole.
 * @returns its number, behind which the log goes on; 0 when there is none. Checkpoints that are not whole are
 *   damages, since they have their final name only when they are.
 */
export function readCheckpoint(
  folder: Folder,
  visit: (body: Uint8Array) => void,
): { number: number; damages: Damage[] } {
  const damages: Damage[] = [];
  for (const number of numbersIn(folder, PREFIX).reverse()) {
    const name = PREFIX + numbered(number);
    const bytes = folder.read(name);
    const damage = damageIn(name, bytes);
    if (damage === null) {
      readFrames(name, bytes, MAGIC, visit);
      return { number, damages };
    }
    damages.push(damage);
  }
  return { number: 0, damages };
}

function damageIn(name: string, bytes: Uint8Array): Damage | null {
  let ended = false;
  const damage = readFrames(name, bytes, MAGIC, (body) => {
    ended = body[0] === RECORD.end;
  });
  return damage ?? (ended ? null : { file: name, at: bytes.length, reason: 'its end is missing' });
}
