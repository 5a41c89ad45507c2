/** Files as a power cut or a dying disk leaves them: what was intact is served, what is not is named. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openStore } from '../../src/store/open.ts';
import { accountFor, pingLoad, type SentPing } from '../support/ping-load.ts';
import { seed } from '../support/seed.ts';
import { StartFailed, spawnServer } from '../support/server-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { commitEnds } from '../support/wal.ts';

const MARKER = /<torn-\d+>/g;
const PINGS = 400;

const root = tempFolder('torn');
/** A data directory as kill -9 left it, with pings in the log. */
const original = join(root.path, 'original');
let sent: SentPing[] = [];
/** Bytes of the log that hold each ping. */
let ends = new Map<string, number>();

before(async () => {
  mkdirSync(original);
  const codes = await seed(`sqlite:${join(original, 'vigie.db')}`, { checks: 5 });
  await using server = await spawnServer({ dataDir: original });
  sent = await pingLoad({
    port: server.port,
    codes,
    connections: 4,
    name: 'torn',
    more: (number) => number < PINGS,
  });
  await server.end('SIGKILL');
  ends = commitEnds(readFileSync(join(original, 'vigie.db-wal')), MARKER);
  assert.equal(ends.size, PINGS, 'the log holds every ping');
});

after(() => root[Symbol.dispose]());

/** A copy of the original, to be damaged. */
function copyOfOriginal(name: string): { dataDir: string; db: string; wal: string } {
  const dataDir = join(root.path, name.replaceAll(/\W+/g, '-'));
  cpSync(original, dataDir, { recursive: true });
  return { dataDir, db: join(dataDir, 'vigie.db'), wal: join(dataDir, 'vigie.db-wal') };
}

/** Damage to the log; returns how many of its first bytes are as they were. */
type Damage = (wal: string, bytes: Buffer) => number;

function cutAt(share: number): Damage {
  return (wal, bytes) => {
    const kept = Math.floor(bytes.length * share);
    truncateSync(wal, kept);
    return kept;
  };
}

function overwriteFrom(share: number, value: (i: number) => number): Damage {
  return (wal, bytes) => {
    const kept = Math.floor(bytes.length * share);
    for (let i = kept; i < bytes.length; i++) bytes[i] = value(i);
    writeFileSync(wal, bytes);
    return kept;
  };
}

function flipBit(share: number): Damage {
  return (wal, bytes) => {
    const position = Math.floor(bytes.length * share);
    bytes[position] = (bytes[position] ?? 0) ^ 0x10;
    writeFileSync(wal, bytes);
    return position;
  };
}

const DAMAGES: [string, Damage][] = [
  ['the last bytes of the log are missing', cutAt(0.999)],
  ['half of the log is missing', cutAt(0.5)],
  ['nearly all of the log is missing', cutAt(0.02)],
  ['the tail of the log is zeroes', overwriteFrom(0.7, () => 0)],
  ['the tail of the log is garbage', overwriteFrom(0.7, (i) => (i * 2654435761) >>> 24)],
  ['a bit of the log is flipped near its end', flipBit(0.95)],
  ['a bit of the log is flipped in its middle', flipBit(0.5)],
  ["a bit of the log's header is flipped", flipBit(0.0001)],
];

for (const [name, damage] of DAMAGES) {
  test(`when ${name} every ping before the tear is there`, async (t) => {
    const { dataDir, db, wal } = copyOfOriginal(name);
    const intact = damage(wal, readFileSync(wal));
    const before = sent.filter(({ marker }) => (ends.get(marker) ?? Number.POSITIVE_INFINITY) <= intact);
    await using server = await spawnServer({ dataDir });
    const later = await pingLoad({
      port: server.port,
      codes: [sent[0]?.code ?? ''],
      connections: 1,
      name: 'later',
      more: (number) => number < 3,
    });
    await server.end('SIGTERM');
    const store = openStore(`sqlite:${db}`);
    const all = await accountFor(store, [...sent, ...later]);
    const kept = await accountFor(store, [...before, ...later]);
    await store.close();
    t.diagnostic(`${before.length} of ${PINGS} pings before the tear, ${all.stored - 3} there`);
    assert.deepEqual(kept.lost, []);
    assert.deepEqual([all.doubled, all.invented, all.miscounted], [[], [], []]);
    assert.ok(later.every(({ status }) => status === 200));
  });
}

type Ruin = (files: { dataDir: string; db: string; wal: string }) => void;

const RUINS: [string, RegExp, Ruin][] = [
  [
    'is not a database any more',
    /vigie\.db.*is not a database/,
    ({ db, wal }) => {
      rmSync(wal);
      writeFileSync(db, readFileSync(db).fill(0x5a, 0, 4096));
    },
  ],
  [
    'lost its second half',
    /vigie\.db.*malformed/,
    ({ db, wal }) => {
      rmSync(wal);
      truncateSync(db, Math.floor(readFileSync(db).length / 2));
    },
  ],
  [
    'has garbage in its table of tables',
    /vigie\.db.*malformed/,
    ({ db, wal }) => {
      rmSync(wal);
      writeFileSync(db, readFileSync(db).fill(0x5a, 100, 4096));
    },
  ],
  ['is empty', /vigie\.db.*is empty/, ({ db }) => truncateSync(db, 0)],
  [
    'is empty and its log is gone',
    /vigie\.db.*is empty/,
    ({ db, wal }) => {
      rmSync(wal);
      truncateSync(db, 0);
    },
  ],
  ['is missing beside its log', /vigie\.db.*is missing/, ({ db }) => rmSync(db)],
];

/** What database and log hold; a file that is not there holds nothing. */
function contents(files: { db: string; wal: string }): string[] {
  return [files.db, files.wal].map((file) => (existsSync(file) ? readFileSync(file, 'base64') : ''));
}

for (const [name, reason, ruin] of RUINS) {
  test(`a database that ${name} stops the start with its reason, and nothing is written`, async () => {
    const files = copyOfOriginal(name);
    ruin(files);
    const before = contents(files);
    const outcome = await spawnServer({ dataDir: files.dataDir }).catch((error: unknown) => error);
    if (!(outcome instanceof StartFailed)) await (outcome as AsyncDisposable)[Symbol.asyncDispose]?.();
    assert.ok(outcome instanceof StartFailed, 'it did not start');
    assert.match(outcome.message, reason);
    assert.equal(outcome.code, 1);
    assert.deepEqual(contents(files), before);
  });
}

test('a page of rows that became garbage refuses the pings that need it, and no others', async (t) => {
  const { dataDir, db } = copyOfOriginal('rows');
  // Moves the log into the database.
  await openStore(`sqlite:${db}`).close();
  const bytes = readFileSync(db);
  const position = bytes.lastIndexOf('<torn-');
  assert.notEqual(position, -1);
  const page = position - (position % 4096);
  writeFileSync(db, bytes.fill(0x5a, page, page + 4096));
  await using server = await spawnServer({ dataDir });
  const codes = [...new Set(sent.map(({ code }) => code))];
  const pings = await pingLoad({
    port: server.port,
    codes,
    connections: codes.length,
    name: 'after',
    more: (number) => number < 100,
  });
  const refused = new Set(pings.filter(({ status }) => status === 503).map(({ code }) => code));
  t.diagnostic(`${codes.length} checks pinged at once, ${refused.size} refused`);
  // A neighbour may need the page too, to move rows between leaves.
  assert.ok(refused.size === 1 || refused.size === 2);
  assert.ok(pings.every(({ code, status }) => status === 200 || (status === 503 && refused.has(code))));
});
