/** What is wrong, as an alert or a run of a probe says it, in the reader's language. */
import { FAILURE_WORDS } from '@vigie/contract/failure-words';
import { type ProbeFailure, probeFailureIn } from '../../notify/texts/probe-failure.ts';
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
  const failure = probeFailureIn(annotations);
  return failure === null ? worded(said, language) : failureText(failure, language);
}

/** The reason in words, and what the service or the system said, quoted: that is nobody's to translate. */
function failureText({ reason, message }: ProbeFailure, language: Language): string {
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
