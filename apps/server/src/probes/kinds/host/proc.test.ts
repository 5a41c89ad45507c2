import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCpus, readLoads, readMemory, readNetwork, readPressure, totalOf } from './proc.ts';

test('what the kernel writes is read, what it does not write is absent', () => {
  const cpus = readCpus(
    'cpu  300 0 0 700 0 0 0 0 0 0\ncpu0 100 0 0 300 100 0 0 0 0 0\ncpu1 200 0 0 300 0 0 0 0 0 0\nintr 1\n',
  );
  assert.deepEqual([...cpus.keys()], ['0', '1']);
  assert.deepEqual(totalOf(cpus), { all: 10, idle: 7 });
  assert.equal(cpus.get('1')?.['user'], 2);
  assert.deepEqual(readLoads('0.10 1.25 3.00 1/129 4242\n'), [0.1, 1.25, 3]);
  assert.equal(readLoads(''), null);
  const memory = readMemory('MemTotal:       2048 kB\nMemAvailable:    1024 kB\nHugePages_Total:       0\n');
  assert.deepEqual(
    [...memory],
    [
      ['MemTotal', 2_097_152],
      ['MemAvailable', 1_048_576],
    ],
  );
  const network =
    'Inter-|   Receive  |  Transmit\n face |bytes packets|bytes\n    lo: 10 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0\n';
  assert.deepEqual(readNetwork(network), [{ device: 'lo', received: 10, sent: 20 }]);
  assert.equal(
    readPressure('some avg10=0.00 avg60=0.00 avg300=0.00 total=2500000\nfull avg10=0 total=1\n'),
    2.5,
  );
  assert.equal(readPressure(''), null);
});
