import { useQuery } from '@tanstack/react-query';
import { describe } from '@vigie/schedule';
import { channelsQuery } from '../../api/check-queries.ts';
import { policyWords } from '../../components/policy-words.ts';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { useProject } from '../../shell/project.ts';
import type { Draft, DraftKey } from './draft.ts';
import { readSchedule } from './schedule-reading.ts';

/** Says a part of a draft for a reader. */
export function useDraftText(): (draft: Draft, key: DraftKey) => string {
  const t = useT();
  const language = useLanguage();
  const project = useProject();
  const { data } = useQuery(channelsQuery(project.id));
  const nothing = t(messages.nothing);
  const listed = (all: readonly string[]): string => (all.length === 0 ? nothing : all.join(', '));
  return (draft, key) => {
    switch (key) {
      case 'schedule': {
        const { schedule } = readSchedule(draft.schedule);
        return schedule === null ? nothing : describe(schedule, language);
      }
      case 'grace':
        return durationText(draft.grace, language, 'long');
      case 'channels':
        return listed(draft.channels.map((id) => data?.items.find((one) => one.id === id)?.name ?? id));
      case 'depends_on':
        return t(messages.checks, { count: draft.depends_on.length });
      case 'policies':
        return listed(policyWords(draft.policies, t, language));
      default: {
        const value = draft[key];
        if (typeof value === 'boolean') return t(value ? messages.yes : messages.no);
        return value === '' ? nothing : value;
      }
    }
  };
}

const messages = defineMessages({
  nothing: { en: 'nothing', fr: 'rien' },
  checks: {
    en: '{count, plural, =0 {nothing} one {# check} other {# checks}}',
    fr: '{count, plural, =0 {rien} one {# contrôle} other {# contrôles}}',
  },
  yes: { en: 'yes', fr: 'oui' },
  no: { en: 'no', fr: 'non' },
});
