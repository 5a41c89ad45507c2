import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { BackupError } from './backup-error.ts';
import { type BackupHeader, readHeader } from './header.ts';
import { jsonLines } from './lines.ts';
import { decodeRow, type TableOpening, type Value } from './row-codec.ts';
import { checkSeal } from './seal.ts';

/** A backup whose seal is right: its header, and its tables one after the other. */
export interface OpenBackup {
  header: BackupHeader;
  /** Each table's rows must be read before the next table. Once only. */
  tables(): AsyncGenerator<{ opening: TableOpening; rows: AsyncGenerator<Value[]> }>;
  close(): Promise<void>;
}

const openingSchema = z.object({
  table: z.string(),
  columns: z.array(z.string()).min(1),
  bytes: z.array(z.string()),
});
const closingSchema = z.object({ rows: z.int() });

/**
 * Opens a backup after checking its seal and header.
 * @throws BackupError with what is wrong with it. `knownMigrations`: of this version.
 */
export async function openBackup(path: string, knownMigrations: readonly string[]): Promise<OpenBackup> {
  const size = await checkSeal(path);
  const lines = jsonLines(unzipped(path, size));
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new BackupError('the backup ends in the middle');
    return value;
  };
  const header = readHeader(await next(), knownMigrations);

  async function* rowsOf(opening: TableOpening): AsyncGenerator<Value[]> {
    for (let count = 0; ; count++) {
      const line = await next();
      if (!Array.isArray(line)) {
        const closing = closingSchema.safeParse(line);
        if (closing.data?.rows === count) return;
        throw new BackupError(`the backup holds ${count} rows of ${opening.table}, and says otherwise`);
      }
      yield await decodeRow(line, opening, next);
    }
  }

  return {
    header,
    async *tables() {
      for (const name of header.tables) {
        const opening = openingSchema.safeParse(await next());
        if (opening.data?.table !== name) throw new BackupError(`the backup lacks the table ${name}`);
        yield { opening: opening.data, rows: rowsOf(opening.data) };
      }
      if (!(await lines.next()).done) throw new BackupError('the backup goes on after its last table');
    },
    async close() {
      await lines.return(undefined);
    },
  };
}

async function* unzipped(path: string, size: number): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { end: size - 1 });
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error));
  file.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    throw new BackupError(`cannot unpack ${path}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    file.destroy();
  }
}
