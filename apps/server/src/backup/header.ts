import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Engine } from '../store/tx.ts';
import { BackupError } from './backup-error.ts';

export const FORMAT_VERSION = 1;

const headerSchema = z.object({
  format: z.literal('vigie-backup'),
  formatVersion: z.int(),
  vigie: z.string(),
  createdAt: z.string(),
  engine: z.enum(['sqlite', 'postgres']) satisfies z.ZodType<Engine>,
  migrations: z.array(z.string()).min(1),
  secretKey: z.string().nullable(),
  secretKeyHash: z.string(),
  tables: z.array(z.string()),
});

/** The first line of a backup: `docs/formats/backup.md`. */
export type BackupHeader = z.infer<typeof headerSchema>;

/** @throws BackupError when this version cannot read the backup. `known`: its migrations. */
export function readHeader(line: unknown, known: readonly string[]): BackupHeader {
  const parsed = headerSchema.safeParse(line);
  if (!parsed.success) throw new BackupError(`not a backup: ${z.prettifyError(parsed.error)}`);
  const header = parsed.data;
  if (header.formatVersion !== FORMAT_VERSION) {
    const versions = `format ${header.formatVersion}; this version reads format ${FORMAT_VERSION}`;
    throw new BackupError(`the backup of Vigie ${header.vigie} has ${versions}`);
  }
  const unknown = header.migrations.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new BackupError(`the backup is of a newer version, ${header.vigie}: this one lacks ${unknown}`);
  }
  return header;
}

/** What tells whether a secret key is the one of a backup, without telling the key. */
export function secretKeyHash(secretKey: string): string {
  return createHash('sha256').update(`vigie-backup:${secretKey}`).digest('hex');
}
