import { defineMessages, type Message } from '../../i18n/messages.ts';

/** What became of a message. */
export const STATE_WORDS: Record<string, Message> & Record<'queued' | 'sent' | 'failed', Message> =
  defineMessages({
    queued: { en: 'Under way', fr: 'En route' },
    sent: { en: 'Sent', fr: 'Envoyé' },
    failed: { en: 'Failed', fr: 'Échoué' },
    skipped: { en: 'Not sent', fr: 'Non envoyé' },
    gathered: { en: 'Part of a digest', fr: 'Regroupé' },
  });

/** What came of one try. */
export const OUTCOME_WORDS: Record<string, Message> = defineMessages({
  sent: STATE_WORDS.sent,
  failed: STATE_WORDS.failed,
  retry: { en: 'Failed for now', fr: 'Échoué pour l’instant' },
  lost: { en: 'Too late to count', fr: 'Trop tard pour compter' },
});

/** What a message is about. */
export const KIND_WORDS: Record<string, Message> = defineMessages({
  firing: { en: 'firing', fr: 'alerte' },
  resolved: { en: 'resolved', fr: 'fin d’alerte' },
  test: { en: 'test', fr: 'essai' },
  digest: { en: 'digest', fr: 'regroupement' },
  notice: { en: 'notice', fr: 'avis' },
});
