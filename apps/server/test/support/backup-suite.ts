/** Databases with something of everything that a backup must keep, and their content for comparison. */
import { randomUUID } from 'node:crypto';
import { onSnapshot, pagesOf, type Row } from '../../src/backup/snapshot-rows.ts';
import { tablesOf } from '../../src/backup/tables.ts';
import { createCommands } from '../../src/commands.ts';
import { inlineWriter } from '../../src/store/inline-writer.ts';
import type { Store } from '../../src/store/open.ts';
import { aPing } from '../../src/testing/checks.ts';
import { FakeClock } from '../../src/testing/fake-clock.ts';
import { fill } from './seed.ts';

const T = Date.UTC(2026, 6, 15, 12);
/** More than fits on one line of a backup. */
const LONG = 1_100_000;

const BODIES: (Uint8Array | null)[] = [
  null,
  new Uint8Array(),
  Uint8Array.of(0, 10, 13, 34, 92, 128, 255),
  new Uint8Array(LONG).map((_, i) => i * 31),
];

/** Checks, pings of every sort, flips, roll-ups, channels, deliveries and an audit log. @returns the codes. */
export async function fillForBackup(store: Store): Promise<string[]> {
  const codes = await fill(store, {
    checks: 3,
    fields: { name: 'Sauvegarde "été" \\ \u{1f512}', tags: 'a b', timeout: 3600, grace: 600 },
    webhooks: [{ url: 'https://hook.test/%00' }],
  });
  const clock = new FakeClock(T);
  const commands = createCommands({ checkLimit: 1000 });
  const writer = inlineWriter(store, { commands, clock, newId: randomUUID, onEffects: () => undefined });
  await writer.run('nodes.start', 'node');
  for (const [i, code] of codes.entries()) {
    for (const [j, body] of BODIES.entries()) {
      const action = j === i ? 'fail' : 'success';
      await writer.run('checks.ping', aPing(T + j, { target: { code }, body, action, rid: randomUUID() }));
    }
  }
  await clock.advance(3 * 3_600_000);
  await writer.run('checks.expire', null);
  await writer.run('maintenance.hours', null);
  return codes;
}

/** Everything in a database, by table. */
export function contentOf(store: Store): Promise<Record<string, Row[]>> {
  return onSnapshot(store, async (db) => {
    const content: Record<string, Row[]> = {};
    for (const table of await tablesOf(db)) {
      const rows: Row[] = [];
      for await (const page of pagesOf(db, table)) rows.push(...page);
      content[table.name] = rows.map(plain);
    }
    return content;
  });
}

/** Bytes as one type, whatever the driver gives. */
function plain(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    ]),
  );
}
