import { FAILURE_WORDS } from '@vigie/contract/failure-words';
import { FAILURE_REASONS } from '@vigie/contract/vocabulary';
import type { Language } from './texts.ts';

/** Why a run of a probe failed. */
export interface ProbeFailure {
  reason: (typeof FAILURE_REASONS)[number];
  /** What the service or the system said, or which limits are passed. */
  message: string;
}

/** Why the probe of a check failed, where that is why it is down: `refused: connect ECONNREFUSED 10.0.0.1:5432`. */
export function probeFailureIn({
  summary,
  body,
  reason,
}: Readonly<Record<string, string>>): ProbeFailure | null {
  // What a job sent never stands as the summary.
  if (reason !== 'fail' || summary === undefined || summary !== body) return null;
  const [, code, message = ''] = /^(\w+): (.*)$/s.exec(summary) ?? [];
  const known = FAILURE_REASONS.find((one) => one === code);
  return known === undefined ? null : { reason: known, message };
}

/** `the connection was refused (connect ECONNREFUSED 10.0.0.1:5432)`: what was said is nobody's to translate. */
export function failureWords({ reason, message }: ProbeFailure, language: Language): string {
  const words = FAILURE_WORDS[reason][language];
  return message === '' ? words : `${words} (${message})`;
}
