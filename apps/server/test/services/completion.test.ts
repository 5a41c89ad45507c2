/** What `vigie completion` prints, in the shells that it is for; bash has its tests beside the code. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runProgram } from '../support/program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { runVigie } from '../support/vigie-command.ts';

const CASES: [string, string[]][] = [
  ['che', ['checks']],
  ['alerts ', ['ack', 'explain', 'list', 'show']],
  ['alerts list --sev', ['--severity']],
  ['exec --ti', ['--timeout']],
  ['ping x su', ['success']],
  ['completion z', ['zsh']],
];

test('fish offers commands, actions and flags', async () => {
  using folder = tempFolder('fish');
  const script = join(folder.path, 'vigie.fish');
  writeFileSync(script, (await runVigie(['completion', 'fish'])).out);
  for (const [line, expected] of CASES) {
    const ask = `source ${script}; complete -C 'vigie ${line}'`;
    const { code, output } = await runProgram(['fish', '--no-config', '-c', ask]);
    const offered = output.split('\n').map((one) => one.split('\t')[0] ?? '');
    assert.deepEqual([code, offered.filter((one) => one !== '')], [0, expected], line);
  }
});

test('zsh takes the script as the completion of vigie', async () => {
  using folder = tempFolder('zsh');
  const script = join(folder.path, '_vigie');
  writeFileSync(script, (await runVigie(['completion', 'zsh'])).out);
  const load = `autoload -Uz compinit; compinit -u -d ${folder.path}/dump; source ${script}; print $_comps[vigie]`;
  assert.deepEqual(await runProgram(['zsh', '-f', '-c', load]), { code: 0, output: '_vigie\n' });
});
