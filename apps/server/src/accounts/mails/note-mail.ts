import type { MailRow } from '../../store/schema.ts';
import type { Tx } from '../../store/tx.ts';
import { audit } from '../audit.ts';

/** Writes in the audit log that a mail went out, or that it never will. */
export async function noteMail(
  tx: Tx,
  { kind, recipient }: MailRow,
  result: { state: string; error?: string },
): Promise<void> {
  // Nobody was to get it any more.
  if (result.state === 'dropped') return;
  const { state, error } = result;
  await audit(tx, {
    projectId: null,
    actor: 'system',
    action: `mail.${state}`,
    target: recipient,
    detail: { kind, ...(error === undefined ? {} : { error }) },
  });
}
