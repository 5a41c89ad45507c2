import { ProbeFailure, type Reason } from '../../failure.ts';

/** Kafka's own error codes (Kafka protocol guide, "Error codes") that say more than that something is wrong. */
const BY_CODE: Record<number, [Reason, string]> = {
  3: ['not_found', 'does not exist'],
  5: ['unhealthy', 'has no leader at the moment'],
  14: ['unhealthy', 'is being loaded by its coordinator'],
  15: ['unhealthy', 'has no coordinator at the moment'],
  29: ['forbidden', 'may not be described by this user'],
  30: ['forbidden', 'may not be described by this user'],
  31: ['forbidden', 'may not be described by this user'],
  69: ['not_found', 'does not exist'],
};

/** What a broker answered about something instead of its values. */
export function refusal(what: string, code: number): ProbeFailure {
  const [reason, said] = BY_CODE[code] ?? ['unhealthy', `is answered with Kafka's error ${code}`];
  return new ProbeFailure(reason, `${what} ${said}`);
}
