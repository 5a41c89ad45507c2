import { Link, useNavigate } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { Button, buttonClass, IconButton } from '../../components/button.tsx';
import { useCheckActions } from '../../components/check-actions.ts';
import { copyText } from '../../components/copy-text.ts';
import { Icon } from '../../components/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/menu.tsx';
import { curlCommand } from '../../components/ping-command.ts';
import { matchersOf, QUICK_SILENCES, useQuickSilence } from '../../components/quick-silence.ts';
import { useToasts } from '../../components/toast.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { useKeys } from '../../shell/keys.ts';
import { useMay } from '../../shell/project.ts';

interface CheckActionsProps {
  check: Check;
  title: string;
  /** A job reports to it, not the server itself. */
  isPinged: boolean;
}

/** What can be done to the check; nothing for who may only look. */
export function CheckActions(props: CheckActionsProps) {
  return useMay('member') ? <MemberActions {...props} /> : null;
}

function MemberActions({ check, title, isPinged }: CheckActionsProps) {
  const t = useT();
  const navigate = useNavigate();
  const actions = useCheckActions();
  const toasts = useToasts();
  const isPaused = check.status === 'paused';
  const params = { project: check.project, check: check.id };
  const keys = {
    p: () => (isPaused ? actions.resume([check]) : actions.pause([check])),
    e: () => void navigate({ to: '/projects/$project/checks/$check/edit', params }),
  };
  useKeys(keys);
  const copyCommand = async (url: string): Promise<void> => {
    await copyText(curlCommand(url));
    toasts.say(t(messages.copied));
  };
  return (
    <>
      <Button icon={isPaused ? 'play' : 'pause'} onClick={keys.p} aria-keyshortcuts="p">
        {t(isPaused ? messages.resume : messages.pause)}
      </Button>
      {isPinged && check.ping_url !== null && (
        <Button icon="copy" onClick={() => void copyCommand(check.ping_url ?? '').catch(toasts.fail)}>
          {t(messages.copy)}
        </Button>
      )}
      <Link to="/projects/$project/checks/$check/edit" params={params} className={buttonClass()}>
        <Icon name="edit" />
        {t(messages.edit)}
      </Link>
      <MoreActions check={check} title={title} onRemove={() => actions.remove([check])} />
    </>
  );
}

function MoreActions({ check, title, onRemove }: { check: Check; title: string; onRemove(): void }) {
  const t = useT();
  const language = useLanguage();
  const silence = useQuickSilence();
  const navigate = useNavigate();
  const newSilence = {
    to: '/projects/$project/silences/new',
    params: { project: check.project },
    search: { matcher: matchersOf(check).map(({ name, value }) => `${name}=${JSON.stringify(value)}`) },
  } as const;
  return (
    <Menu trigger={<IconButton icon="more" look="plain" label={t(messages.more, { title })} />}>
      {QUICK_SILENCES.map((seconds) => (
        <MenuItem key={seconds} icon="silence" onSelect={() => silence(check, seconds)}>
          {t(messages.silence, { length: durationText(seconds, language, 'long') })}
        </MenuItem>
      ))}
      <MenuItem icon="silence" onSelect={() => void navigate(newSilence)}>
        {t(messages.otherSilence)}
      </MenuItem>
      <MenuLine />
      <MenuItem icon="trash" danger onSelect={onRemove}>
        {t(messages.remove)}
      </MenuItem>
    </Menu>
  );
}

const messages = defineMessages({
  pause: { en: 'Pause', fr: 'Suspendre' },
  resume: { en: 'Resume', fr: 'Reprendre' },
  edit: { en: 'Edit', fr: 'Modifier' },
  copy: { en: 'Copy ping command', fr: 'Copier la commande de ping' },
  copied: { en: 'The command that pings it is copied', fr: 'La commande de ping est copiée' },
  more: { en: 'More about {title}', fr: 'Plus sur {title}' },
  silence: { en: 'Silence for {length}', fr: 'Silence de {length}' },
  otherSilence: { en: 'Other silence…', fr: 'Autre silence…' },
  remove: { en: 'Delete', fr: 'Supprimer' },
});
