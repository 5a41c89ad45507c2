import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ProbeRunView, Service } from '@vigie/contract';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { Button, buttonClass, IconButton } from '../../components/button.tsx';
import { nameOf, useCheckActions } from '../../components/check-actions.ts';
import { Icon } from '../../components/icon.tsx';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useKeys } from '../../shell/keys.ts';
import { useMay } from '../../shell/project.ts';

interface ActionsProps {
  service: Service;
  /** Told what a run that was asked for here found. */
  onProbed(run: ProbeRunView): void;
}

/** What can be done to the service; nothing for who may only look. */
export function ServiceActions(props: ActionsProps) {
  return useMay('member') ? <MemberActions {...props} /> : null;
}

function MemberActions({ service, onProbed }: ActionsProps) {
  const t = useT();
  const client = useQueryClient();
  const navigate = useNavigate();
  const actions = useCheckActions();
  const toasts = useToasts();
  const [isBusy, setBusy] = useState(false);
  const isPaused = service.state === 'paused';
  const params = { project: service.project, service: service.id };
  const probe = async (): Promise<void> => {
    setBusy(true);
    try {
      onProbed(await call<ProbeRunView>('POST', `/services/${service.id}/run`));
      await client.invalidateQueries({ queryKey: ['check', service.id] });
    } catch (error) {
      toasts.fail(error);
    } finally {
      setBusy(false);
    }
  };
  const keys = {
    r: () => {
      if (!isBusy) void probe();
    },
    p: () => (isPaused ? actions.resume([service]) : actions.pause([service])),
    e: () => void navigate({ to: '/projects/$project/services/$service/edit', params }),
  };
  useKeys(keys);
  return (
    <>
      <Button look="primary" icon="probe" busy={isBusy} onClick={keys.r} aria-keyshortcuts="r">
        {t(messages.probe)}
      </Button>
      <Button icon={isPaused ? 'play' : 'pause'} onClick={keys.p} aria-keyshortcuts="p">
        {t(isPaused ? messages.resume : messages.pause)}
      </Button>
      <Link
        to="/projects/$project/services/$service/edit"
        params={params}
        className={buttonClass()}
        aria-keyshortcuts="e"
      >
        <Icon name="edit" />
        {t(messages.edit)}
      </Link>
      <Menu
        trigger={<IconButton icon="more" look="plain" label={t(messages.more, { name: nameOf(service) })} />}
      >
        <MenuItem icon="trash" danger onSelect={() => actions.remove([service])}>
          {t(messages.remove)}
        </MenuItem>
      </Menu>
    </>
  );
}

const messages = defineMessages({
  probe: { en: 'Probe now', fr: 'Sonder maintenant' },
  pause: { en: 'Pause', fr: 'Suspendre' },
  resume: { en: 'Resume', fr: 'Reprendre' },
  edit: { en: 'Edit', fr: 'Modifier' },
  more: { en: 'More about {name}', fr: 'Plus sur {name}' },
  remove: { en: 'Delete', fr: 'Supprimer' },
});
