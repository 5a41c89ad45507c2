/** Runs `load` in a process of its own, so that it shares no event loop with what it measures. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type LoadOptions, type LoadResult, load } from './load.ts';

/** The result of `load`, measured from another process. */
export async function loadFromOutside(options: LoadOptions): Promise<LoadResult> {
  const child = fork(fileURLToPath(import.meta.url), ['--load']);
  child.send(options);
  const [result] = (await once(child, 'message')) as [LoadResult];
  await once(child, 'exit');
  return result;
}

if (process.argv[2] === '--load') {
  const [options] = (await once(process, 'message')) as [LoadOptions];
  process.send?.(await load(options));
  process.disconnect();
}
