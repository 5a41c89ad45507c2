import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOf, readStat } from './processes.ts';

test('a command is one line, without what looks like a secret', () => {
  const cases: [string, string][] = [
    ['python\0-m\0app.worker.consumer\0', 'python -m app.worker.consumer'],
    ['mysql\0--password=hunter2\0db\0', 'mysql --password=… db'],
    ['x\0--api-key\0abc\0--keep\0', 'x --api-key … --keep'],
    ['psql\0postgres://joe:pw@db/x\0', 'psql postgres://joe:…@db/x'],
    ['TOKEN=abc\0x', 'TOKEN=… x'],
    ['', ''],
  ];
  for (const [cmdline, command] of cases) assert.equal(commandOf(cmdline), command);
});

test('a name with brackets and spaces does not shift the fields', () => {
  const fields = Array.from({ length: 50 }, (_, i) => String(i + 3));
  const use = readStat(`42 (a) (b c) S ${fields.slice(1).join(' ')}`);
  assert.deepEqual(use, { cpuSeconds: 0.29, threads: 20, started: 0.22, residentBytes: 24 * 4_096 });
  assert.equal(readStat('42 (x) S 1'), null);
});
