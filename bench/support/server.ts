import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../apps/server/src/main.ts', import.meta.url));

/** Milliseconds to the first answer, of which a benchmark rather says that they were too many than wait on. */
const START_WITHIN = 60_000;
/** Where `npm start` keeps what Node has compiled before. */
const COMPILED = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));

/** A server in a process of its own, as a user runs it. */
export interface BenchServer extends AsyncDisposable {
  url: string;
  /** Milliseconds from spawn to the first answered request. */
  startTime: number;
  pid: number;
  /** Resident memory, MB. */
  rss(): number;
}

/** A folder that is gone afterwards. */
export function temporaryFolder(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the server on a free port with these variables, and waits for its first answer. */
export async function startServer(dataDir: string, env: Record<string, string> = {}): Promise<BenchServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const from = performance.now();
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: COMPILED,
      TMPDIR: tmpdir(),
      VIGIE_HOST: '127.0.0.1',
      VIGIE_PORT: String(port),
      VIGIE_SMTP_PORT: 'off',
      VIGIE_DATA_DIR: dataDir,
      VIGIE_LOG_LEVEL: 'error',
      ...env,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await firstAnswer(child, `${url}/ping/00000000-0000-4000-8000-000000000000`);
  const startTime = performance.now() - from;
  return {
    url,
    startTime,
    pid: child.pid ?? 0,
    rss: () => rssOf(child.pid ?? 0),
    async [Symbol.asyncDispose]() {
      if (isOver(child)) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Whether a process has ended, by itself or by a signal. */
function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/** @throws when the server ends or takes longer than {@link START_WITHIN}, which ends it. */
async function firstAnswer(child: ChildProcess, url: string): Promise<void> {
  const late = AbortSignal.timeout(START_WITHIN);
  while (!late.aborted) {
    if (isOver(child)) throw new Error(`the server ended with ${child.exitCode ?? child.signalCode}`);
    try {
      await fetch(url, { signal: late });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  child.kill('SIGKILL');
  throw new Error(`the server does not answer within ${START_WITHIN} ms`);
}

function rssOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1000);
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
