import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { EnvFileError, readEnvEntries, readEnvFile, updateEnvFile } from './env-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-env-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
function fileOf(text: string): string {
  const path = join(folder, `${files++}.env`);
  writeFileSync(path, text);
  return path;
}

test('the last of two values counts, and both lines are told', async () => {
  const path = fileOf('A=1\nB=2\nA=3\n');
  assert.deepEqual(
    [...(await readEnvFile(path))],
    [
      ['A', '3'],
      ['B', '2'],
    ],
  );
  assert.deepEqual(
    (await readEnvEntries(path)).map(({ line }) => line),
    [1, 2, 3],
  );
});

test('values change in place; comments, order and line ends stay; what is new comes last', async () => {
  const path = fileOf('# ids\r\nB=2  # two\r\n\r\nA=1\r\nB=old\r\nend');
  assert.deepEqual(await updateEnvFile(path, { B: 'zwei', C: 'a b', A: '1' }), ['B', 'C']);
  assert.equal(
    readFileSync(path, 'utf8'),
    "# ids\r\nB=zwei  # two\r\n\r\nA=1\r\nB=zwei\r\nend\r\nC='a b'\r\n",
  );
});

test('a file with nothing to change is not touched', async () => {
  const path = fileOf('A=1\n');
  const before = statSync(path, { bigint: true });
  assert.deepEqual(await updateEnvFile(path, { A: '1' }), []);
  const now = statSync(path, { bigint: true });
  assert.deepEqual([now.ino, now.mtimeNs], [before.ino, before.mtimeNs]);
});

test('a file keeps its mode, and a link goes on pointing at it', async () => {
  const path = fileOf('A=1\n');
  chmodSync(path, 0o664);
  const link = `${path}.link`;
  symlinkSync(path, link);
  await updateEnvFile(link, { A: '2' });
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(readFileSync(path, 'utf8'), 'A=2\n');
  assert.equal(statSync(path).mode & 0o777, 0o664);
});

test('a new file is for its owner alone', async () => {
  const path = join(folder, 'new.env');
  assert.deepEqual(await updateEnvFile(path, { A: '1' }), ['A']);
  assert.equal(readFileSync(path, 'utf8'), 'A=1\n');
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('changes at the same time are all kept, and no draft stays', async () => {
  const path = fileOf('');
  const names = Array.from({ length: 20 }, (_, i) => `V${i}`);
  await Promise.all(names.map((name) => updateEnvFile(path, { [name]: 'x' })));
  assert.deepEqual([...(await readEnvFile(path)).keys()], names);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('.')),
    [],
  );
});

test('a name or a value that no line holds is refused, and changes nothing', async () => {
  const path = fileOf('A=1\n');
  await assert.rejects(updateEnvFile(path, { A: '2', 'HC_CHECK_REDIS_CACHE/BROKER': 'x' }), EnvFileError);
  await assert.rejects(updateEnvFile(path, { A: 'a\0b' }), /the value of A holds a NUL character/);
  assert.equal(readFileSync(path, 'utf8'), 'A=1\n');
});

test('a file that is not there cannot be read, nor one beyond all measure', async () => {
  await assert.rejects(readEnvFile(join(folder, 'none')), { code: 'ENOENT' });
  await assert.rejects(readEnvFile(fileOf('x'.repeat(5_000_000))), /5000000 bytes; 4194304 are read at most/);
});
