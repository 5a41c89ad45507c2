/** What the manual lists is what there is. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { saasChecks } from '@vigie/client/saas-checks';
import { allCommands } from './commands/index.ts';
import { definitionOf, variableOfTitle } from './env-checks/definitions.ts';
import { EXIT } from './exit-codes.ts';

const commands = await allCommands();

const MANUAL = readFileSync(new URL('../../../docs/cli.md', import.meta.url), 'utf8');

/** The cells of its rows, without code marks. */
const rows = MANUAL.split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.replaceAll('`', '').trim()));

test('every exit code', () => {
  const codes = rows.map(([, code]) => code).filter((code) => /^\d+$/.test(code ?? ''));
  assert.deepEqual(codes, Object.values(EXIT).map(String));
});

test('every check of an env file, with its title and the other name of its variable', () => {
  const listed = rows
    .filter(([, variable]) => variable?.startsWith('HC_CHECK_'))
    .map((row) => row.slice(1, 4));
  const known = saasChecks.map(({ variable, name }) => {
    const other = variableOfTitle(name);
    return [variable, name, other === variable ? '' : other];
  });
  assert.deepEqual(listed, known.toSorted());
  for (const [variable = '', title, other = ''] of listed) {
    assert.equal(definitionOf(variable).definition.name, title);
    if (other !== '') assert.deepEqual(definitionOf(other), definitionOf(variable));
  }
});

test('every command is told of on some page', () => {
  const root = new URL('../../../', import.meta.url);
  const pages = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'));
  const files = ['README.md', ...pages.map((name) => `docs/${name}`)];
  const text = files.map((name) => readFileSync(new URL(name, root), 'utf8')).join('\n');
  for (const { name } of commands) assert.match(text, new RegExp(`vigie ${name}\\b`));
});
