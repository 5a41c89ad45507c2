import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Card } from '../../components/page.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';

/** The key for pings by slug. */
export function PingKeyCard() {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const { id, ping_key } = useProject();
  const [isAsking, setAsking] = useState(false);
  if (ping_key === null) return null;
  const change = async (): Promise<void> => {
    setAsking(false);
    try {
      await call('POST', `/projects/${id}/ping-key`);
      await client.refetchQueries({ queryKey: sessionQuery.queryKey });
      toasts.say(t(messages.changed));
    } catch (error) {
      toasts.fail(error);
    }
  };
  return (
    <Card title={t(messages.title)}>
      <p className="soft">{t(messages.what)}</p>
      <Copyable text={ping_key} label={t(messages.title)} />
      <div className="row">
        <Button onClick={() => setAsking(true)}>{t(messages.change)}</Button>
      </div>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t(messages.change)}
        description={t(messages.consequence)}
        action={t(messages.change)}
        onConfirm={() => void change()}
      />
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Ping key', fr: 'Clé de ping' },
  what: {
    en: 'For pings by the name of a check: /ping/…/name. It can do nothing else.',
    fr: 'Pour les pings par le nom d’un contrôle : /ping/…/nom. Elle ne permet rien d’autre.',
  },
  change: { en: 'Change the ping key', fr: 'Changer la clé de ping' },
  changed: { en: 'The ping key is changed', fr: 'La clé de ping est changée' },
  consequence: {
    en: 'Jobs that ping with the old key are refused at once: their checks will go down.',
    fr: 'Les tâches qui utilisent l’ancienne clé sont refusées aussitôt : leurs contrôles tomberont.',
  },
});
