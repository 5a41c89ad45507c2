import type { Policies } from '@vigie/contract';
import type { Translate } from '../i18n/format.ts';
import { defineMessages, type Language } from '../i18n/messages.ts';
import { durationText } from '../i18n/time.ts';

/** Each policy of a check in a sentence. */
export function policyWords(policies: Policies, t: Translate, language: Language): string[] {
  const { after, flapping, longest_run, shortest_run, least_interval, no_overlap, severity } = policies;
  const length = (seconds: number): string => durationText(seconds, language, 'long');
  const said: (string | false)[] = [
    after !== undefined && t(messages.after, { bad: after.bad, of: after.of }),
    flapping !== undefined &&
      t(messages.flapping, { flips: flapping.flips, within: length(flapping.within) }),
    longest_run !== undefined && t(messages.longest, { length: length(longest_run) }),
    shortest_run !== undefined && t(messages.shortest, { length: length(shortest_run) }),
    least_interval !== undefined && t(messages.interval, { length: length(least_interval) }),
    no_overlap === true && t(messages.overlap),
    severity !== undefined && t(messages.severity, { severity }),
  ];
  return said.filter((sentence) => sentence !== false);
}

const messages = defineMessages({
  after: {
    en: 'Down is an alert once {bad} of the last {of} outcomes were bad.',
    fr: 'La panne devient une alerte quand {bad} des {of} derniers résultats sont mauvais.',
  },
  flapping: {
    en: 'Down {flips} times within {within} is one message.',
    fr: '{flips} pannes en {within} ne font qu’un message.',
  },
  longest: {
    en: 'A run of more than {length} is an alert.',
    fr: 'Une exécution de plus de {length} est une alerte.',
  },
  shortest: {
    en: 'A run of less than {length} is an alert.',
    fr: 'Une exécution de moins de {length} est une alerte.',
  },
  interval: {
    en: 'Two successes within {length} are an alert.',
    fr: 'Deux succès en moins de {length} sont une alerte.',
  },
  overlap: {
    en: 'A run that begins during another is an alert.',
    fr: 'Une exécution qui commence pendant une autre est une alerte.',
  },
  severity: {
    en: 'All its alerts are of severity {severity}.',
    fr: 'Toutes ses alertes sont de gravité {severity}.',
  },
});
