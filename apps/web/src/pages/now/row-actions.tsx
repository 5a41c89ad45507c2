import type { Alert, Check } from '@vigie/contract';
import { Button, IconButton } from '../../components/button.tsx';
import { nameOf, useCheckActions } from '../../components/check-actions.ts';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { QUICK_SILENCES, useQuickSilence } from '../../components/quick-silence.ts';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { useMay } from '../../shell/project.ts';
import { useAcknowledge } from './acknowledge.ts';

/** What somebody on call does first: says that they are at it, has quiet, takes the check out. */
export function RowActions({ check, alert }: { check: Check; alert?: Alert | undefined }) {
  const t = useT();
  const language = useLanguage();
  const actions = useCheckActions();
  const acknowledge = useAcknowledge(check.project);
  const silence = useQuickSilence();
  const name = nameOf(check);
  if (!useMay('member')) return null;
  return (
    <>
      {alert !== undefined && alert.acknowledged === null && (
        <Button
          data-key="a"
          aria-label={t(messages.acknowledgeOne, { name })}
          onClick={() => acknowledge(alert)}
        >
          {t(messages.acknowledge)}
        </Button>
      )}
      <Menu trigger={<IconButton icon="silence" label={t(messages.silenceOne, { name })} />}>
        {QUICK_SILENCES.map((seconds) => (
          <MenuItem key={seconds} icon="silence" onSelect={() => silence(check, seconds)}>
            {t(messages.silence, { length: durationText(seconds, language, 'long') })}
          </MenuItem>
        ))}
      </Menu>
      <IconButton
        icon="pause"
        data-key="p"
        label={t(messages.pause, { name })}
        onClick={() => actions.pause([check])}
      />
    </>
  );
}

const messages = defineMessages({
  acknowledge: { en: 'Acknowledge', fr: 'Prendre en charge' },
  acknowledgeOne: { en: 'Acknowledge {name}', fr: 'Prendre en charge {name}' },
  silence: { en: 'Silence for {length}', fr: 'Silence de {length}' },
  silenceOne: { en: 'Silence {name}', fr: 'Mettre {name} en silence' },
  pause: { en: 'Pause {name}', fr: 'Suspendre {name}' },
});
