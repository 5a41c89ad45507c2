/** Real Celery workers and beat of the test's own, from Debian's Python. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { type ForegroundServer, startForeground } from './foreground-server.ts';

/** Debian's: the one in the path may be another. */
const PYTHON = '/usr/bin/python3';
/** Milliseconds; two seconds on an idle machine. */
const START_WITHIN = 60_000;

/** Two tasks, one that takes its time and one that does not; the rest is told by the environment. */
const APPLICATION = `
import dbm, importlib, json, os, time
from celery import Celery
app = Celery('vigie_test', broker=os.environ['BROKER'])
app.conf.update(json.loads(os.environ.get('SETTINGS', '{}')))
if 'DBM' in os.environ:
    dbm._defaultmod = importlib.import_module(os.environ['DBM'])
@app.task(name='quick')
def quick(*args):
    return None
@app.task(name='slow')
def slow(seconds, *args):
    time.sleep(seconds)
`;

export interface CeleryApplication extends Disposable {
  /** Starts a worker; `name` is the part before its host. */
  worker(name: string, ...args: string[]): Promise<CeleryWorker>;
  /** Starts beat, which sends a task every so many seconds and keeps its schedule with this module of Python's. */
  beat(seconds: number, dbm: 'dbm.dumb' | 'dbm.ndbm'): Promise<ForegroundServer & { schedule: string }>;
  /** Sends a task, as an application does: `quick` or `slow`, its arguments, its queue and priority. */
  send(task: string, args: unknown[], options?: { queue?: string; priority?: number }): Promise<void>;
}

export interface CeleryWorker extends ForegroundServer {
  /** `w1@host` */
  node: string;
}

/** An application of this broker. @throws when Celery is not installed. */
export function celeryApplication(broker: string, settings: object = {}): CeleryApplication {
  if (spawnSync(PYTHON, ['-c', 'import celery, redis']).status !== 0) {
    throw new Error('Celery is not installed (Debian: apt-get install python3-celery python3-redis)');
  }
  const folder = tempFolder('celery');
  writeFileSync(join(folder.path, 'app.py'), APPLICATION);
  const env = (own: object = {}, dbm: object = {}): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'],
    HOME: folder.path,
    C_FORCE_ROOT: '1',
    BROKER: broker,
    ...dbm,
    SETTINGS: JSON.stringify({ ...settings, ...own }),
  });
  const start = (args: string[], word: string, variables = env()): Promise<ForegroundServer> =>
    startForeground({
      command: [PYTHON, '-m', 'celery', '-A', 'app', ...args],
      env: variables,
      cwd: folder.path,
      within: START_WITHIN,
      ready: (output) => output.includes(word),
    });
  return {
    async worker(name, ...args) {
      const node = `${name}@${hostname()}`;
      const server = await start(['worker', '-n', node, '-c', '1', '-l', 'info', ...args], ' ready.');
      return { ...server, node };
    },
    async beat(seconds, dbm) {
      const schedule = join(folder.path, 'celerybeat-schedule');
      const beat_schedule = { often: { task: 'quick', schedule: seconds } };
      const args = ['beat', '-s', schedule, '-l', 'info', '--pidfile='];
      const variables = env({ beat_schedule, beat_sync_every: 1 }, { DBM: dbm });
      const server = await start(args, 'beat: Starting', variables);
      return { ...server, schedule };
    },
    async send(task, args, options = {}) {
      const call = `from app import app; app.send_task(${JSON.stringify(task)}, args=${JSON.stringify(args)}, **${JSON.stringify(options)})`;
      const { code, output } = await runProgram([PYTHON, '-c', call], { env: env(), cwd: folder.path });
      if (code !== 0) throw new Error(output);
    },
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}
