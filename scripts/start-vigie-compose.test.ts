/**
 * The start script with a compose project. What docker compose would do is told by a program that stands in for it and
 * says how it was called; where the real one is, it has to take our own compose.yaml.
 */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('start-vigie.sh', import.meta.url));
const OWN_FILE = fileURLToPath(new URL('../compose.yaml', import.meta.url));

const home = mkdtempSync(join(tmpdir(), 'vigie-compose-'));
after(() => rmSync(home, { recursive: true, force: true }));

const programs = join(home, 'bin');
mkdirSync(programs);

/** A program on the path of the script. */
function install(name: string, lines: string): void {
  writeFileSync(join(programs, name), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(programs, name), 0o755);
}

function start(words: string[], own: Record<string, string> = {}) {
  const PATH = `${programs}:/usr/bin:/bin`;
  return new Promise<{ code: number; out: string; error: string }>((resolve) => {
    execFile(SCRIPT, words, { cwd: home, env: { PATH, ...own }, timeout: 20_000 }, (failure, out, error) => {
      resolve({ code: failure === null ? 0 : Number(failure.code ?? -1), out, error });
    });
  });
}

install('docker', 'exit 1');
install('docker-compose', 'echo "$@"; [ ! -e broken ] || exit 15');

const CASES: [words: string[], env: Record<string, string>, called: string][] = [
  [['--compose'], {}, `-f ${OWN_FILE} up -d`],
  [['--compose', 'up', '-d'], {}, `-f ${OWN_FILE} up -d`],
  [['--compose', 'mine.yml', 'logs', '-f'], {}, '-f mine.yml logs -f'],
  [['down'], { VIGIE_COMPOSE: 'mine.yml' }, '-f mine.yml down'],
];

test('the words of the script are those of docker compose, which looks at its file first', async () => {
  writeFileSync(join(home, 'mine.yml'), '');
  for (const [words, env, called] of CASES) {
    const file = called.split(' ').slice(0, 2).join(' ');
    const { code, out, error } = await start(words, env);
    assert.deepEqual([code, out], [0, `${file} config --quiet\n${called}\n`], error);
  }
});

test('the two files of the folder are its environment, and its own compose file goes first', async () => {
  writeFileSync(join(home, '.env'), '');
  writeFileSync(join(home, '.env.healthchecks'), '');
  writeFileSync(join(home, 'docker-compose.healthchecks.yml'), '');
  const files = '--env-file .env --env-file .env.healthchecks -f docker-compose.healthchecks.yml';
  assert.equal((await start(['--compose', 'ps'])).out, `${files} config --quiet\n${files} ps\n`);
});

test('what cannot be done is said, and nothing is done', async () => {
  assert.deepEqual(await start(['--compose', 'none.yml', 'up']), {
    code: 1,
    out: '',
    error: 'start-vigie: there is no none.yml\n',
  });
  assert.equal((await start(['--compose', 'mine.yml', 'restart'])).code, 2);
  writeFileSync(join(home, 'broken'), '');
  const broken = await start(['--compose', 'mine.yml']);
  assert.deepEqual([broken.code, broken.out.includes(' up')], [1, false], broken.out);
  assert.match(broken.error, /mine.yml is no valid project: nothing was done/);
  rmSync(join(programs, 'docker-compose'));
  assert.match((await start(['--compose', 'mine.yml'])).error, /neither docker compose nor docker-compose/);
});

const isHere = spawnSync('docker', ['compose', 'version']).status === 0;

test('our own compose file is a valid project', {
  skip: !isHere && 'docker compose is not installed here',
}, () => {
  const { status, stderr } = spawnSync('docker', ['compose', '-f', OWN_FILE, 'config', '--quiet']);
  assert.equal(status, 0, String(stderr));
});
