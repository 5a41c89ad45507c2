import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { allCommands } from './commands/index.ts';
import { EXIT } from './exit-codes.ts';
import { run } from './run.ts';
import { VERSION } from './version.ts';

const commands = await allCommands();

const folder = mkdtempSync(join(tmpdir(), 'vigie-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command in this process. */
async function vigie(...argv: string[]): Promise<{ out: string; error: string; code: number }> {
  const result = { out: '', error: '', code: EXIT.ok as number };
  await run(argv, {
    out: (text) => {
      result.out += text;
    },
    error: (text) => {
      result.error += text;
    },
    exit: (code) => {
      result.code = code;
    },
    terminal: true,
  });
  return result;
}

test('--version tells the version', async () => {
  assert.deepEqual(await vigie('--version'), { out: `vigie ${VERSION}`, error: '', code: 0 });
});

test('--help names every command and every exit code', async () => {
  const { out, code } = await vigie('--help');
  for (const { name } of commands) assert.match(out, new RegExp(`vigie ${name} `));
  for (const exit of Object.values(EXIT)) assert.match(out, new RegExp(`^ *${exit} `, 'm'));
  assert.equal(code, 0);
});

for (const { name, summary } of commands) {
  test(`${name} --help tells what it does and does nothing`, async () => {
    const { out, code } = await vigie(name, 'x', '--help');
    assert.ok(out.startsWith(`Usage: vigie ${name} `) && out.includes(summary), out);
    assert.equal(code, 0);
  });
}

test('server flags without a command go to the server', async () => {
  assert.match((await vigie('--no-such-flag')).error, /--no-such-flag.*unknown flag/);
});

const MISTAKES: [string, string[], number, RegExp][] = [
  ['an unknown command', ['destroy'], 2, /vigie has no command "destroy"; see vigie --help/],
  ['a backup without a file', ['backup'], 2, /the file comes first/],
  ['a restore whose flags come first', ['restore', '--force'], 2, /the file comes first/],
  ['a restore from nowhere', ['restore', join(folder, 'none')], 1, /^cannot read .*none: ENOENT/],
  ['a bad setting', ['backup', 'x', '--port=x'], 1, /^--port="x": /],
  ['alerts without an action', ['alerts'], 2, /vigie alerts needs one of list, show, ack, explain/],
  ['a matcher that is none', ['silences', 'add', 'x'], 2, /not a matcher: x/],
  ['a duration that is none', ['silences', 'add', 'a=b', '--for=1y'], 2, /not a duration: 1y/],
  [
    'the state as a matcher',
    ['alerts', 'list', 'state=firing'],
    2,
    /^state is not a label: write --state firing/,
  ],
  [
    'a state that is none',
    ['alerts', 'list', '--state=new'],
    2,
    /--state must be one of firing, resolved, all: new/,
  ],
  ['an unknown flag', ['alerts', 'list', '--nope'], 2, /--nope/],
  ['a server that is not there', ['alerts', 'list', '--url=http://127.0.0.1:1'], 1, /cannot be reached/],
  ['no database', ['backup', join(folder, 'x')], 1, /^there is no database .*vigie\.db$/],
];

for (const [name, argv, code, reason] of MISTAKES) {
  test(`${name}: exit code ${code} and the reason in one line`, async () => {
    const ofServer = ['backup', 'restore'].includes(argv[0] ?? '');
    const flags = ofServer && argv.length > 1 ? [`--data-dir=${folder}`] : [];
    const result = await vigie(...argv, ...flags);
    assert.match(result.error, reason);
    assert.equal(result.error.includes('\n'), false);
    assert.equal(result.code, code);
  });
}

test('what is no backup is refused, and the data directory stays empty', async () => {
  const file = join(folder, 'text');
  writeFileSync(file, 'hello');
  const dataDir = join(folder, 'data');
  const { error, code } = await vigie('restore', file, `--data-dir=${dataDir}`);
  assert.deepEqual([error, code], [`${file} is not a backup: it does not begin as a gzip file`, 1]);
  assert.equal(existsSync(dataDir), false);
});
