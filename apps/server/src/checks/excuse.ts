import type { Tx } from '../store/tx.ts';
import { emitDeadline, saveStates } from './save.ts';
import { noChanges } from './transition.ts';
import { wakeAfter } from './wake.ts';

/**
 * Gives checks as long as they may take for a report, from now on: nobody could look at what they watch. The next
 * report clears it.
 */
export async function excuseChecks(tx: Tx, codes: readonly string[]): Promise<void> {
  const checks = (await tx.bulk.checksBy('code', codes)).filter(({ kind }) => kind === 'simple');
  for (const check of checks) {
    check.excused_until = Math.max(check.excused_until ?? 0, tx.at + (check.timeout + check.grace) * 1000);
    check.alert_after = wakeAfter(check, tx.at);
  }
  await saveStates(tx, checks, noChanges(), async () => undefined);
  emitDeadline(tx, checks);
}
