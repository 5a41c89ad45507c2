import { useNavigate } from '@tanstack/react-router';
import type { Alert } from '@vigie/contract';
import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuLine } from '../../components/menu.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { matchersOfAlert } from './alert-matchers.ts';
import { useSilenceAlert } from './silence-alert.ts';
import { tomorrowMorning } from './tomorrow.ts';

/** Seconds that are offered. */
const LENGTHS = [3_600, 14_400, 86_400] as const;

/** Silences an alert for a while, or goes to where a silence is written in full. */
export function SilenceMenu({ alert, trigger }: { alert: Alert; trigger: ReactElement }) {
  const t = useT();
  const language = useLanguage();
  const navigate = useNavigate();
  const silence = useSilenceAlert();
  const matchers = matchersOfAlert(alert).map(({ name, value }) => `${name}=${JSON.stringify(value)}`);
  return (
    <Menu trigger={trigger}>
      {LENGTHS.map((seconds) => (
        <MenuItem
          key={seconds}
          icon="silence"
          onSelect={() => silence(alert, new Date(Date.now() + seconds * 1_000))}
        >
          {durationText(seconds, language, 'long')}
        </MenuItem>
      ))}
      <MenuItem icon="silence" onSelect={() => silence(alert, tomorrowMorning(new Date()))}>
        {t(messages.morning)}
      </MenuItem>
      <MenuLine />
      <MenuItem
        icon="edit"
        onSelect={() =>
          void navigate({
            to: '/projects/$project/silences/new',
            params: { project: alert.project },
            search: { matcher: matchers },
          })
        }
      >
        {t(messages.more)}
      </MenuItem>
    </Menu>
  );
}

const messages = defineMessages({
  morning: { en: 'Until tomorrow, 9:00', fr: 'Jusqu’à demain, 9 h' },
  more: { en: 'Another silence ...', fr: 'Un autre silence…' },
});
