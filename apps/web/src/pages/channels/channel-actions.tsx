import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Channel } from '@vigie/contract';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Switching a channel off and on, and deleting it. */
export function ChannelActions({ channel }: { channel: Channel }) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const toasts = useToasts();
  const [isAsking, setAsking] = useState(false);
  const path = `/channels/${channel.id}`;
  const toggle = async (disabled: boolean): Promise<void> => {
    try {
      client.setQueryData(
        ['channel', channel.id],
        await call<Channel>('PATCH', path, { body: { disabled } }),
      );
      toasts.say(t(disabled ? messages.isOff : messages.isOn), { undo: () => void toggle(!disabled) });
    } catch (error) {
      toasts.fail(error);
    }
  };
  const remove = async (): Promise<void> => {
    setAsking(false);
    try {
      await call('DELETE', path);
      await client.invalidateQueries({ queryKey: ['channels', channel.project] });
      await navigate({ to: '/projects/$project/channels', params: { project: channel.project } });
    } catch (error) {
      toasts.fail(error);
    }
  };
  return (
    <>
      <Button onClick={() => void toggle(!channel.disabled)}>
        {t(channel.disabled ? messages.on : messages.off)}
      </Button>
      <Button icon="trash" onClick={() => setAsking(true)}>
        {t(messages.remove)}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t(messages.removeTitle, { name: channel.name })}
        description={t(messages.consequence, { count: channel.checks_count ?? 0 })}
        action={t(messages.remove)}
        onConfirm={() => void remove()}
      />
    </>
  );
}

const messages = defineMessages({
  on: { en: 'Switch on', fr: 'Activer' },
  off: { en: 'Switch off', fr: 'Désactiver' },
  isOn: { en: 'The channel is on', fr: 'Le canal est actif' },
  isOff: {
    en: 'The channel is off: nothing is sent through it',
    fr: 'Le canal est désactivé : rien n’y est envoyé',
  },
  remove: { en: 'Delete', fr: 'Supprimer' },
  removeTitle: { en: 'Delete the channel {name}?', fr: 'Supprimer le canal {name} ?' },
  consequence: {
    en: 'What waits for it is not sent. {count, plural, =0 {No check uses it.} one {One check uses it.} other {# checks use it.}}',
    fr: 'Ce qui l’attend ne sera pas envoyé. {count, plural, =0 {Aucun contrôle ne l’utilise.} one {Un contrôle l’utilise.} other {# contrôles l’utilisent.}}',
  },
});
