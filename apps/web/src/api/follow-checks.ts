import type { Change } from '@vigie/contract';
import { watchChanges } from './live.ts';

/** Ids that one call takes. */
export const FOLLOWED_AT_ONCE = 100;
/** Changed checks that wait at most; of more, the loaded ones are kept. */
const WAITING = 2_000;
/** Milliseconds over which changes are gathered, and the least between two calls. */
const GATHER = { quiet: 250, busy: 1_000 } as const;

/**
 * For lists that are too long to be fetched anew: gathers the ids of changed checks, those of the list first, and
 * hands them to `look` some at a time. @returns what ends it.
 */
export function followChecks(
  project: string,
  list: { readonly current: readonly { id: string }[] },
  look: (ids: string[]) => Promise<void>,
): () => void {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEnded = false;
  const plan = (wait: number): void => {
    timer ??= setTimeout(() => void round(), wait);
  };
  const round = async (): Promise<void> => {
    const ids = [...waiting].slice(0, FOLLOWED_AT_ONCE);
    for (const id of ids) waiting.delete(id);
    // What cannot be fetched now comes again with the next change, or with the resync after a break.
    await look(ids).catch(() => undefined);
    timer = undefined;
    if (!isEnded && waiting.size > 0) plan(GATHER.busy);
  };
  const unwatch = watchChanges((changes: readonly Change[]) => {
    const changed = changes.filter((change) => change.noun === 'check' && change.project === project);
    if (changed.length === 0) return;
    const loaded = new Set(list.current.map(({ id }) => id));
    for (const { id } of changed) if (loaded.has(id) || waiting.size < WAITING) waiting.add(id);
    plan(GATHER.quiet);
  });
  return () => {
    isEnded = true;
    unwatch();
    clearTimeout(timer);
  };
}
