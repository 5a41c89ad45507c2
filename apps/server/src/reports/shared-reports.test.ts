import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../testing/fake-clock.ts';
import type { ReportInput } from './read-report.ts';
import { sharedReports } from './shared-reports.ts';
import { aReport } from './testing/report.ts';

const input = (id: number): ReportInput => {
  const { period, range, zone } = aReport();
  return { project: { id, name: 'Shop' }, period, range, zone };
};

/** Reads that are counted, the first `failing` of which fail. */
function counted(failing = 0) {
  const clock = new FakeClock(0);
  let reads = 0;
  const read = sharedReports(async () => {
    reads += 1;
    if (reads <= failing) throw new Error('no store');
    return aReport();
  }, clock);
  return { clock, read, reads: () => reads };
}

test('a report is read once for all readers of a minute, and anew after it', async () => {
  const { clock, read, reads } = counted();
  await Promise.all([read(input(1)), read(input(1))]);
  await clock.advance(59_999);
  await read(input(1));
  assert.equal(reads(), 1);
  await clock.advance(1);
  await read(input(1));
  assert.equal(reads(), 2);
});

test('another project, day or zone is another report, and four are kept', async () => {
  const { read, reads } = counted();
  await read(input(1));
  await read({ ...input(1), zone: 'UTC' });
  await read({ ...input(1), period: 'daily' });
  await read(input(2));
  assert.equal(reads(), 4);
  await read(input(3));
  await read(input(2));
  assert.equal(reads(), 5);
  await read(input(1));
  assert.equal(reads(), 6);
});

test('one that failed is read again', async () => {
  const { read, reads } = counted(1);
  await assert.rejects(read(input(1)), /no store/);
  await read(input(1));
  assert.equal(reads(), 2);
});
