import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeCommand, NotRedis, RedisError, type Reply, ReplyReader } from './reply.ts';

const CASES: [bytes: string, replies: Reply[]][] = [
  ['+OK\r\n', ['OK']],
  [':-5\r\n:12\r\n', [-5, 12]],
  ['$3\r\na\r\n\r\n', ['a\r\n']],
  ['$0\r\n\r\n', ['']],
  ['$-1\r\n*-1\r\n*0\r\n', [null, null, []]],
  ['*2\r\n$1\r\nk\r\n*2\r\n:1\r\n$-1\r\n', [['k', [1, null]]]],
  ['$4\r\nhé!\r\n', ['hé!']],
  ['-WRONGPASS no\r\n', [new RedisError('WRONGPASS no')]],
];

test('answers are read however they are cut into pieces', () => {
  for (const [bytes, replies] of CASES) {
    const whole = Buffer.from(bytes);
    for (let size = 1; size <= whole.length; size++) {
      const reader = new ReplyReader(1_000);
      const found: Reply[] = [];
      for (let at = 0; at < whole.length; at += size) {
        found.push(...reader.read(whole.subarray(at, at + size)));
      }
      assert.deepEqual(found, replies, `${JSON.stringify(bytes)} in pieces of ${size}`);
    }
  }
});

test('an error tells its word', () => {
  assert.equal(new RedisError('NOAUTH Authentication required.').word, 'NOAUTH');
  assert.equal(new RedisError('').word, '');
});

test('what is no answer, or too long a one, is refused at once', () => {
  for (const bytes of ['HTTP/1.1 200 OK', '$1001\r\n', '*1001\r\n', '$1x\r\n', ':\r\n', '*1\r\n'.repeat(9)]) {
    assert.throws(() => new ReplyReader(1_000).read(Buffer.from(bytes)), NotRedis, bytes);
  }
  const reader = new ReplyReader(1_000);
  assert.throws(() => {
    for (let part = 0; part < 300; part++) reader.read(Buffer.from('*900\r\n:1\r\n:1\r\n'));
  }, NotRedis);
});

test('a large answer in small pieces takes no longer than its bytes are worth', () => {
  const reader = new ReplyReader(8_000_000);
  const from = performance.now();
  reader.read(Buffer.from('$8000000\r\n'));
  const piece = Buffer.alloc(1_000, 'x');
  for (let part = 0; part < 8_000; part++) assert.deepEqual(reader.read(piece), []);
  assert.equal(String(reader.read(Buffer.from('\r\n'))[0]).length, 8_000_000);
  assert.ok(performance.now() - from < 2_000);
});

test('a command counts bytes, not characters', () => {
  assert.equal(encodeCommand(['SET', 'é', 1]), '*3\r\n$3\r\nSET\r\n$2\r\né\r\n$1\r\n1\r\n');
});
