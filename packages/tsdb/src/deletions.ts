import { type Labels, type Matcher, matcher, matchesAll } from '@vigie/series';
import type { Folder } from './folder.ts';
import type { Damage } from './log/segment.ts';
import type { SampleColumns } from './sample-columns.ts';

const NAME = 'deletions.json';

/** Deletions that are remembered: more are refused until old ones have nothing left to hide. */
const MOST = 10_000;

/** Samples of a project that are gone: those of series that fit, from a time to a time, both included. */
export interface Deletion {
  readonly project: string;
  readonly matchers: readonly Matcher[];
  readonly from: number;
  readonly until: number;
}

/**
 * What was deleted and may still lie in chunks: it is taken out of everything that is read, and out of blocks when
 * they are written anew.
 */
export class Deletions {
  readonly #folder: Folder;
  /** Why the file could not be read, or null: it is put aside then, and what it hid is seen again. */
  readonly damage: Damage | null;
  #all: Deletion[];

  constructor(folder: Folder) {
    this.#folder = folder;
    folder.remove(`${NAME}.new`);
    const read = folder.list('').includes(NAME) ? parse(folder.read(NAME)) : [];
    if (typeof read === 'string') folder.rename(NAME, `${NAME}.damaged`);
    this.damage = typeof read === 'string' ? { file: `${NAME}.damaged`, at: 0, reason: read } : null;
    this.#all = typeof read === 'string' ? [] : read;
  }

  /** @throws {RangeError} when there are too many. */
  add(deletion: Deletion): void {
    if (this.#all.length >= MOST) throw new RangeError(`${MOST} deletions are waiting to be cleaned up`);
    this.#save([...this.#all, deletion]);
  }

  /** Forgets those that end before a time: nothing is left that they could hide. */
  forgetBefore(time: number): void {
    const rest = this.#all.filter(({ until }) => until >= time);
    if (rest.length < this.#all.length) this.#save(rest);
  }

  /** From and until of what is gone of a series, in pairs. */
  of(project: string, labels: Labels): readonly [from: number, until: number][] {
    if (this.#all.length === 0) return [];
    return this.#all
      .filter((deletion) => deletion.project === project && matchesAll(deletion.matchers, labels))
      .map(({ from, until }) => [from, until]);
  }

  #save(all: Deletion[]): void {
    this.#folder.remove(`${NAME}.new`);
    {
      using file = this.#folder.append(`${NAME}.new`);
      file.write(new TextEncoder().encode(JSON.stringify(all)));
      file.sync();
    }
    this.#folder.rename(`${NAME}.new`, NAME);
    this.#all = all;
  }
}

/** Takes out of columns what lies in one of the intervals. */
export function leaveOut(samples: SampleColumns, intervals: readonly (readonly [number, number])[]): void {
  if (intervals.length > 0)
    samples.filter((time) => !intervals.some(([from, until]) => time >= from && time <= until));
}

/** @returns why, when it cannot be read. */
function parse(bytes: Uint8Array): Deletion[] | string {
  try {
    const all = JSON.parse(new TextDecoder().decode(bytes)) as Deletion[];
    return all.map((deletion) => ({
      ...deletion,
      matchers: deletion.matchers.map(({ name, operator, value }) => matcher(name, operator, value)),
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
