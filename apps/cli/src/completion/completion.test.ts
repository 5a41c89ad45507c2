import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { allCommands } from '../commands/index.ts';
import { bashCompletion } from './bash.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const commands = await allCommands();

/** What bash offers at the last of these words. */
function offered(...words: string[]): string[] {
  const script = `${bashCompletion(commands)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vigie; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['-c', script, 'bash', 'vigie', ...words], { encoding: 'utf8' });
  return out.split('\n').filter((word) => word !== '');
}

const CASES: [string[], string[]][] = [
  [['che'], ['checks']],
  [
    ['alerts', ''],
    ['list', 'show', 'ack', 'explain', '--help'],
  ],
  [['alerts', 'list', '--se'], ['--severity']],
  [['checks', 'delete', '--y'], ['--yes']],
  [['ping', 'x', 'su'], ['success']],
  [['exec', '--ti'], ['--timeout']],
  [['exec', '--', 'x', '--ti'], []],
  [['ensure', '--f'], ['--force-recreate']],
  [
    ['server', '--data'],
    ['--data-dir', '--database-url', '--database-url-file'],
  ],
  [['restore', 'x', '--for'], ['--force']],
  [['completion', 'z'], ['zsh']],
  [['--v'], ['--version']],
  [['nothing', ''], []],
];

for (const [words, expected] of CASES) {
  test(`bash completes vigie ${words.join(' ')}`, () => assert.deepEqual(offered(...words), expected));
}

test('behind -- bash offers the programs of the machine', () => {
  assert.ok(offered('exec', '--check', 'x', '--', 'ech').includes('echo'));
});

for (const [shell, script] of [
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
] as const) {
  test(`the script for ${shell} knows every command, action and flag`, () => {
    const text = script(commands);
    for (const { name, words, actions } of commands) {
      const all = [words, ...(actions?.values() ?? [])];
      const flags = all.flatMap((one) => one.flags.map((flag) => flag.name.slice(2)));
      for (const word of [name, ...(actions?.keys() ?? []), ...flags]) {
        assert.match(text, new RegExp(`(?<![a-z-])(--)?${word}(?![a-z-])`), `${shell}: ${name} ${word}`);
      }
    }
  });
}
