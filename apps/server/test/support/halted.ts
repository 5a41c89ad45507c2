/** Servers that hang: their process is there, and does nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

interface Halting {
  pid: number;
  signal(name: NodeJS.Signals): void;
}

/** Stops a process by SIGSTOP, and waits until each of its threads stands still: until then some may answer. */
export async function halt(server: Halting): Promise<void> {
  server.signal('SIGSTOP');
  const threads = `/proc/${server.pid}/task`;
  // After the name in brackets comes the state (proc(5)); T = stopped.
  const isHalted = (thread: string): boolean =>
    /\) T [^)]*$/.test(readFileSync(`${threads}/${thread}/stat`, 'utf8'));
  await until(`${server.pid} stands still`, 10_000, () => readdirSync(threads).every(isHalted));
}
