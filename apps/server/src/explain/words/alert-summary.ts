/** What is wrong, as an alert or a run of a probe says it, in the reader's language. */
import { FAILURE_WORDS } from '@vigie/contract/failure-words';
import { FAILURE_REASONS } from '@vigie/contract/vocabulary';
import type { Language } from '../../notify/texts/texts.ts';
import { worded } from './phrases.ts';
import { wordsIn } from './words.ts';

/** What of an alert its summary is made of. */
export interface SummarizedAlert {
  source: string;
  /** 1 = made for practice. */
  drill: number;
  annotations: Readonly<Record<string, string>>;
}

type Reason = (typeof FAILURE_REASONS)[number];

/** What is or was wrong; of what is over with why, where it says so, as that may be no good news. */
export function alertSummary(alert: SummarizedAlert, language: Language): string {
  const wrong = troubleOf(alert, language);
  const { resolution = '' } = alert.annotations;
  return alert.source === 'probe' && resolution !== '' ? `${worded(resolution, language)} (${wrong})` : wrong;
}

/** What alerts of our own say is wrong is worded; what others posted stands as it is. Empty = they say nothing. */
export function troubleOf({ source, drill, annotations }: SummarizedAlert, language: Language): string {
  const said = annotations['summary'] ?? annotations['description'] ?? '';
  const isOurs = source === 'check' || source === 'probe' || drill === 1;
  if (!isOurs) return said;
  const failure = failureIn(annotations);
  return failure === null ? worded(said, language) : failureText(failure, language);
}

interface Failure {
  reason: Reason;
  message: string;
}

/** Why the probe of a check failed, where that is why it is down: `refused: connect ECONNREFUSED 10.0.0.1:5432`. */
function failureIn({ summary, body, reason }: Readonly<Record<string, string>>): Failure | null {
  // What a job sent never stands as the summary.
  if (reason !== 'fail' || summary === undefined || summary !== body) return null;
  const [, code, message = ''] = /^(\w+): (.*)$/s.exec(summary) ?? [];
  const known = FAILURE_REASONS.find((one) => one === code);
  return known === undefined ? null : { reason: known, message };
}

/** The reason in words, and what the service or the system said, quoted: that is nobody's to translate. */
function failureText({ reason, message }: Failure, language: Language): string {
  if (reason === 'threshold') return runMessage({ reason, message }, language);
  const words = FAILURE_WORDS[reason][language];
  return message === '' ? words : wordsIn(language).quoted(words, message);
}

/** The message of a run: limits that are passed are worded; what a service answered stands as it is. */
export function runMessage(
  { reason, message }: { reason: string | null; message: string },
  language: Language,
): string {
  if (reason !== 'threshold') return message;
  const passed = message.split(/; (?=[a-zA-Z_:][\w:]*[{ ])/);
  return passed.map((one) => worded(one, language)).join(language === 'fr' ? ' ; ' : '; ');
}
