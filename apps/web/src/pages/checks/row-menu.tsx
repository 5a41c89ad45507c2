import { useNavigate } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { IconButton } from '../../components/button.tsx';
import { type CheckActions, nameOf } from '../../components/check-actions.ts';
import { copyText } from '../../components/copy-text.ts';
import { Menu, MenuItem, MenuLine } from '../../components/menu.tsx';
import { QUICK_SILENCES, useQuickSilence } from '../../components/quick-silence.ts';
import { useToasts } from '../../components/toast.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';

/** What can be done to one check. */
export function RowMenu({ check, actions }: { check: Check; actions: CheckActions }) {
  const t = useT();
  return (
    <Menu trigger={<IconButton icon="more" label={t(messages.more, { check: nameOf(check) })} />}>
      <RowMenuItems check={check} actions={actions} />
    </Menu>
  );
}

/** Made when the menu opens. */
function RowMenuItems({ check, actions }: { check: Check; actions: CheckActions }) {
  const t = useT();
  const language = useLanguage();
  const navigate = useNavigate();
  const silence = useQuickSilence();
  const toasts = useToasts();
  const isPaused = check.status === 'paused';
  const copy = async (url: string): Promise<void> => {
    await copyText(url);
    toasts.say(t(messages.copied));
  };
  return (
    <>
      <MenuItem
        icon={isPaused ? 'play' : 'pause'}
        onSelect={() => (isPaused ? actions.resume([check]) : actions.pause([check]))}
      >
        {t(isPaused ? messages.resume : messages.pause)}
      </MenuItem>
      <MenuItem
        icon="edit"
        onSelect={() =>
          void navigate({
            to: '/projects/$project/checks/$check/edit',
            params: { project: check.project, check: check.id },
          })
        }
      >
        {t(messages.edit)}
      </MenuItem>
      {check.ping_url !== null && (
        <MenuItem icon="copy" onSelect={() => void copy(check.ping_url ?? '').catch(toasts.fail)}>
          {t(messages.copy)}
        </MenuItem>
      )}
      <MenuLine />
      {QUICK_SILENCES.map((seconds) => (
        <MenuItem key={seconds} icon="silence" onSelect={() => silence(check, seconds)}>
          {t(messages.silence, { length: durationText(seconds, language, 'long') })}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon="trash" danger onSelect={() => actions.remove([check])}>
        {t(messages.remove)}
      </MenuItem>
    </>
  );
}

const messages = defineMessages({
  more: { en: 'More about {check}', fr: 'Plus sur {check}' },
  pause: { en: 'Pause', fr: 'Suspendre' },
  resume: { en: 'Resume', fr: 'Reprendre' },
  edit: { en: 'Edit', fr: 'Modifier' },
  copy: { en: 'Copy the ping URL', fr: 'Copier l’URL de ping' },
  copied: { en: 'The ping URL is copied', fr: 'L’URL de ping est copiée' },
  silence: { en: 'Silence for {length}', fr: 'Silence de {length}' },
  remove: { en: 'Delete', fr: 'Supprimer' },
});
