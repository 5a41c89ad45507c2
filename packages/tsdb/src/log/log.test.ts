import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Labels, StaleBits } from '@vigie/series';
import fc from 'fast-check';
import { ByteReader } from '../bytes/byte-reader.ts';
import { CrashingFolder } from '../testing/crashing-folder.ts';
import { FrameFile } from './frame-file.ts';
import { Log, readLog } from './log.ts';
import {
  RECORD,
  readSamples,
  readSeries,
  SamplesWriter,
  type SeriesRecord,
  SeriesWriter,
} from './records.ts';
import { LOG_MAGIC, readFrames } from './segment.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function records(folder: CrashingFolder, behind = 0): { texts: string[]; damages: string[] } {
  const texts: string[] = [];
  const damages = readLog(folder, behind, (body) => texts.push(new TextDecoder().decode(body)));
  return { texts, damages: damages.map(({ file, reason }) => `${file}: ${reason}`) };
}

test('whatever a crash keeps, every committed record is there, in order, and nothing that never was', () => {
  const steps = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ add: fc.string({ minLength: 1, maxLength: 300 }) }, { noNullPrototype: true }),
      },
      { weight: 3, arbitrary: fc.constant('commit' as const) },
      { weight: 1, arbitrary: fc.constant('rotate' as const) },
      {
        weight: 1,
        arbitrary: fc.record(
          { crash: fc.double({ min: 0, max: 1, noNaN: true }) },
          { noNullPrototype: true },
        ),
      },
    ),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(steps, (list) => {
      const folder = new CrashingFolder();
      let log = new Log(folder, 0);
      let committed: string[] = [];
      let added: string[] = [];
      for (const step of list) {
        if (step === 'commit') log.commit();
        else if (step === 'rotate') log.rotate();
        else if ('add' in step) {
          log.add(bytesOf(step.add));
          added.push(step.add);
          continue;
        } else {
          folder.crash((unsynced) => Math.floor(unsynced * step.crash));
          log[Symbol.dispose]();
          log = new Log(folder, 0);
          added = records(folder).texts.slice(committed.length);
        }
        committed = [...committed, ...added];
        added = [];
      }
      const { texts } = records(folder);
      assert.deepEqual(texts.slice(0, committed.length), committed);
      assert.ok(texts.length - committed.length <= added.length);
    }),
    { numRuns: 300 },
  );
});

test('a full disk: nothing is said to be kept, the torn record is cut off, and all of it comes with the next commit', () => {
  const folder = new CrashingFolder();
  const log = new Log(folder, 0);
  log.add(bytesOf('first'));
  log.commit();
  folder.room = 5;
  log.add(bytesOf('second'));
  assert.throws(() => log.commit(), { code: 'ENOSPC' });
  assert.throws(() => log.commit(), { code: 'ENOSPC' });
  assert.ok(log.pending > 0);
  folder.room = 1_000;
  log.add(bytesOf('third'));
  log.commit();
  assert.deepEqual(records(folder), { texts: ['first', 'second', 'third'], damages: [] });
});

test('damage ends the reading of its segment, is told, and later segments are read', () => {
  const folder = new CrashingFolder();
  const log = new Log(folder, 0);
  for (const text of ['a', 'b', 'c']) log.add(bytesOf(text));
  log.commit();
  log.rotate();
  log.add(bytesOf('d'));
  log.commit();
  folder.damage('log/00000001', 9 + 9 + 8);
  assert.deepEqual(records(folder), { texts: ['a', 'd'], damages: ['log/00000001: a checksum is wrong'] });
  assert.deepEqual(records(folder, 1).texts, ['d']);
  log.removeThrough(9);
  assert.deepEqual(folder.list('log/'), ['00000002']);
});

test('series and samples come back, over the border of a body too, stale markers with their bits', () => {
  const bodies: Uint8Array[] = [];
  const take = (body: Uint8Array): unknown => bodies.push(body.slice());
  const series = Array.from({ length: 200 }, (_, at) => ({
    ref: at + 1,
    project: at % 2 === 0 ? 'p' : 'é',
    labels: Labels.of({ __name__: 'up', long: 'x'.repeat(60_000), at: String(at) }),
  }));
  const seriesWriter = new SeriesWriter(take);
  for (const one of series) seriesWriter.add(one);
  seriesWriter.end();
  const values = Float64Array.of(1.5, 0, Number.NaN);
  new StaleBits(values).mark(1);
  const samplesWriter = new SamplesWriter(RECORD.samples, take);
  for (const at of [0, 1, 2]) samplesWriter.add(7 - at, 1e12 - 1_000 * at, values, at);
  samplesWriter.end();
  const read: SeriesRecord[] = [];
  const samples: [number, number, boolean][] = [];
  for (const body of bodies) {
    const reader = new ByteReader(body);
    if (reader.byte() === RECORD.series) readSeries(reader, (one) => read.push(one));
    else readSamples(reader, (ref, time, value) => samples.push([ref, time, new StaleBits(value).at(0)]));
  }
  assert.ok(bodies.length > 3);
  assert.deepEqual(read, series);
  assert.deepEqual(samples, [
    [7, 1e12, false],
    [6, 1e12 - 1_000, true],
    [5, 1e12 - 2_000, false],
  ]);
});

test('records of a sync that failed are written anew; where that cannot be, no later sync says that they are there', () => {
  for (const flushed of [false, true]) {
    const folder = new CrashingFolder();
    const file = new FrameFile(folder, 'f', LOG_MAGIC);
    file.sync();
    folder.losesNextSync = true;
    file.add(Uint8Array.of(1, 2, 3));
    if (flushed) file.flush();
    assert.throws(() => file.sync(), { code: 'EIO' });
    if (flushed) assert.throws(() => file.sync(), { code: 'EIO' });
    else {
      file.sync();
      const bodies: number[][] = [];
      assert.equal(
        readFrames('f', folder.read('f'), LOG_MAGIC, (body) => bodies.push([...body])),
        null,
      );
      assert.deepEqual(bodies, [[1, 2, 3]]);
    }
  }
});
