/** The newest file of a pattern on the server's machine. */
import type { Dirent, Stats } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join, matchesGlob } from 'node:path';
import { ProbeFailure } from '../../failure.ts';
import { allowedPath, fileFailure } from '../../local-files.ts';

/** Entries of folders that one run looks at. */
const MOST_ENTRIES = 50_000;

/** A backup, wherever it lies. */
export interface BackupFile {
  name: string;
  /** Bytes. */
  size: number;
  /** Epoch ms of its last change. */
  changed: number;
}

/** What a pattern finds. */
export interface Found {
  count: number;
  /** The newest first; three at most: one may be being written, and two are compared. */
  newest: BackupFile[];
}

/** Keeps the newest of many. */
export function collect(found: Found, file: BackupFile): void {
  found.count++;
  found.newest = [...found.newest, file].sort((a, b) => b.changed - a.changed).slice(0, 3);
}

/**
 * Files that fit a path whose parts may hold `*`, `?` and `[...]`, but not `**`, last changed at `latest` (epoch ms) or
 * before. @throws ProbeFailure
 */
export async function newestFiles(pattern: string, latest: number): Promise<Found> {
  const found: Found = { count: 0, newest: [] };
  const budget = { left: MOST_ENTRIES };
  for await (const path of expanded('/', pattern.split('/').filter(Boolean), budget)) {
    const file = await fileAt(path);
    if (!file?.isFile() || file.mtimeMs > latest) continue;
    collect(found, { name: path, size: file.size, changed: file.mtimeMs });
  }
  return found;
}

/** Null for one that has gone meanwhile, and for a link that leads nowhere. @throws ProbeFailure */
async function fileAt(path: string): Promise<Stats | null> {
  try {
    return await stat(await allowedPath(path));
  } catch (error) {
    const failure = error instanceof ProbeFailure ? error : fileFailure(error, path);
    if (failure.reason === 'not_found') return null;
    throw failure;
  }
}

async function* expanded(
  folder: string,
  parts: readonly string[],
  budget: { left: number },
): AsyncGenerator<string> {
  const [part, ...rest] = parts;
  if (part === undefined) return yield folder;
  if (!/[*?[]/.test(part)) return yield* existing(join(folder, part), rest, budget);
  for await (const entry of entriesOf(folder)) {
    if (--budget.left < 0) {
      throw new ProbeFailure(
        'limit',
        `the pattern looks at more than ${MOST_ENTRIES} files: name fewer folders`,
      );
    }
    if (!matchesGlob(entry.name, part)) continue;
    if (rest.length === 0) yield join(folder, entry.name);
    else if (entry.isDirectory()) yield* expanded(join(folder, entry.name), rest, budget);
  }
}

/** Whether a part without wildcards is there shows with the file at its end. */
async function* existing(
  path: string,
  rest: readonly string[],
  budget: { left: number },
): AsyncGenerator<string> {
  if (rest.length > 0) return yield* expanded(path, rest, budget);
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) yield path;
}

async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(await allowedPath(folder));
  } catch (error) {
    throw error instanceof ProbeFailure ? error : fileFailure(error, folder);
  }
}
