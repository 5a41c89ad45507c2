import type { Translate } from '../../i18n/format.ts';
import { defineMessages, type Message } from '../../i18n/messages.ts';

/** What a tier is called; null = that of services without one. */
export function tierText(tier: number | null, t: Translate): string {
  if (tier === null) return t(messages.none);
  const meaning = MEANINGS[tier];
  return meaning === undefined
    ? t(messages.plain, { tier })
    : t(messages.meant, { tier, meaning: t(meaning) });
}

const messages = defineMessages({
  none: { en: 'Without a tier', fr: 'Sans niveau' },
  plain: { en: 'Tier {tier}', fr: 'Niveau {tier}' },
  meant: { en: 'Tier {tier}: {meaning}', fr: 'Niveau {tier} : {meaning}' },
});

/** What services of a tier are, by the tiers that set the pace of a probe. */
const MEANINGS: Readonly<Record<number, Message>> = {
  1: { en: 'critical', fr: 'critiques' },
  2: { en: 'essential', fr: 'essentiels' },
  3: { en: 'scheduled tasks', fr: 'tâches planifiées' },
  4: { en: 'business figures', fr: 'chiffres métier' },
};
