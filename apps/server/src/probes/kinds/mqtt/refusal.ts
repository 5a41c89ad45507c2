import { codeOf } from '../../../notify/failure.ts';
import { asProbeFailure, ProbeFailure, type Reason } from '../../failure.ts';

/**
 * Reason codes of CONNACK, SUBACK and PUBACK: MQTT 3.1.1 section 3.2.2.3 (1 to 5), MQTT 5 sections 3.2.2.2, 3.4.2.1
 * and 3.9.3 (from 128). The numbers of both never mean two things.
 */
const BY_CODE: Record<number, [Reason, string]> = {
  1: ['protocol', 'does not speak this version of MQTT'],
  2: ['config', 'refuses our client identifier'],
  3: ['unhealthy', 'is unavailable'],
  4: ['auth', 'refused the user or the password'],
  5: ['auth', 'refused the user or the password'],
  128: ['forbidden', 'refused it without a reason'],
  132: ['protocol', 'does not speak this version of MQTT'],
  133: ['config', 'refuses our client identifier'],
  134: ['auth', 'refused the user or the password'],
  135: ['auth', 'refused the user or the password'],
  136: ['unhealthy', 'is unavailable'],
  137: ['limit', 'is busy'],
  138: ['forbidden', 'has banned this client'],
  149: ['limit', 'finds the packet too large'],
  151: ['limit', 'has reached a quota'],
  159: ['limit', 'takes no more connections for now'],
};

/** What a broker's code stands for; `place` = how failures name it. */
export function refusal(code: number, place: string, cause?: unknown): ProbeFailure {
  const [reason, said] = BY_CODE[code] ?? ['protocol', `answered with code ${code}`];
  return new ProbeFailure(reason, `${place} ${said}`, { cause });
}

/** What an operation's code stands for: here 135 and 128 are about the right to it. */
export function denial(code: number, what: string, place: string): ProbeFailure {
  if (code === 128 || code === 135) return new ProbeFailure('forbidden', `${place} does not let us ${what}`);
  return refusal(code, place);
}

/** Anything that the library raises. */
export function mqttFailure(error: unknown, place: string): ProbeFailure {
  const code = Number(codeOf(error));
  if (Number.isInteger(code) && code > 0) return refusal(code, place, error);
  const known = asProbeFailure(error);
  if (known.reason !== 'internal') return known;
  // The parser's complaints have no code: these bytes are no MQTT.
  return new ProbeFailure('protocol', `${place} does not answer as an MQTT broker does`, { cause: error });
}
