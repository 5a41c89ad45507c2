/** The examples of docs/client.md and of the package's README are TypeScript that compiles. */
import assert from 'node:assert/strict';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { settingsFrom } from '@vigie/client';
import { runProgram } from './support/program.ts';
import { tempFolder } from './support/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const docs = readFileSync(join(ROOT, 'docs/client.md'), 'utf8');
const readme = readFileSync(join(ROOT, 'packages/client/README.md'), 'utf8');
/** What an example leaves to its reader. */
const LEFT_OUT = `declare const removeExpiredTokens: () => Promise<number>;
declare const importRows: () => Promise<number>;\n`;

function examplesIn(text: string): string[] {
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

test('every example compiles', async () => {
  using folder = tempFolder('client-docs');
  symlinkSync(join(ROOT, 'node_modules'), join(folder.path, 'node_modules'));
  writeFileSync(join(folder.path, 'package.json'), '{ "type": "module" }');
  const compilerOptions = {
    noUnusedLocals: false,
    lib: ['es2024', 'esnext.disposable', 'esnext.iterator', 'esnext.decorators'],
    typeRoots: [join(ROOT, 'node_modules/@types')],
  };
  const config = { extends: join(ROOT, 'tsconfig.json'), compilerOptions, include: ['*.ts'] };
  writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify(config));
  const examples = [...examplesIn(docs), ...examplesIn(readme)];
  assert.ok(examples.length >= 11, `${examples.length} examples`);
  for (const [i, code] of examples.entries()) {
    writeFileSync(
      join(folder.path, `example-${i}.ts`),
      code + (code.includes('importRows()') ? LEFT_OUT : ''),
    );
  }
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const ended = await runProgram([process.execPath, tsc, '-p', folder.path]);
  assert.equal(ended.code, 0, ended.output);
});

test('the table of variables tells the defaults', () => {
  const rows = [...docs.matchAll(/^\| `HEALTHCHECKS_(\w+)` \| (.*?) \| /gm)];
  const defaults = settingsFrom({});
  const known: Record<string, unknown> = {
    ENABLED: defaults.enabled,
    HOST: defaults.pingUrl.replace('/ping', ''),
    CHECK_TIMEOUT: defaults.checkTimeout,
    RETRY_COUNT: defaults.retryCount,
    RETRY_DELAY: defaults.retryDelay,
    GRACE_MULTIPLIER: defaults.graceMultiplier,
    AUTO_PROVISION: defaults.autoProvision,
  };
  const told = Object.fromEntries(rows.map(([, name = '', value = '']) => [name, value.replaceAll('`', '')]));
  for (const [name, value] of Object.entries(known)) assert.equal(told[name], String(value), name);
});
