import { useQueryClient } from '@tanstack/react-query';
import type { ManagedUser, ResetLink } from '@vigie/contract';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { IconButton } from '../../components/button.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { ConfirmDialog, Dialog } from '../../components/dialog.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/menu.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

type Asked = 'secondFactor' | 'remove';

/** What the instance admin can do for somebody, or to them. */
export function PersonMenu({ person, isMe }: { person: ManagedUser; isMe: boolean }) {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const path = `/users/${person.id}`;
  const name = person.email;

  const change = async (action: () => Promise<void>): Promise<void> => {
    setAsked(null);
    try {
      await action();
    } catch (error) {
      toasts.fail(error);
    }
    await client.invalidateQueries({ queryKey: ['users'] });
  };
  const setAdmin = (admin: boolean): Promise<void> =>
    change(async () => {
      await call('PATCH', path, { body: { admin } });
      toasts.say(t(admin ? messages.isAdmin : messages.isNoAdmin, { name }), {
        undo: () => void change(() => call('PATCH', path, { body: { admin: !admin } })),
      });
    });
  const makeLink = (): Promise<void> =>
    change(async () => setLink((await call<ResetLink>('POST', `${path}/reset-link`)).url));
  const confirmed: Record<Asked, () => Promise<void>> = {
    secondFactor: () =>
      change(async () => {
        await call('DELETE', `${path}/second-factor`);
        toasts.say(t(messages.secondFactorDone, { name }));
      }),
    remove: () =>
      change(async () => {
        await call('DELETE', path);
        toasts.say(t(messages.removeDone, { name }));
      }),
  };
  return (
    <>
      <Menu trigger={<IconButton icon="more" label={t(messages.actions, { name })} />}>
        {!isMe && (
          <MenuItem icon="settings" onSelect={() => void setAdmin(!person.admin)}>
            {t(person.admin ? messages.takeAdmin : messages.makeAdmin)}
          </MenuItem>
        )}
        <MenuItem icon="link" onSelect={() => void makeLink()}>
          {t(messages.link)}
        </MenuItem>
        {person.second_factor && (
          <MenuItem icon="key" onSelect={() => setAsked('secondFactor')}>
            {t(messages.secondFactor)}
          </MenuItem>
        )}
        {!isMe && (
          <>
            <MenuLine />
            <MenuItem icon="trash" danger onSelect={() => setAsked('remove')}>
              {t(messages.remove)}
            </MenuItem>
          </>
        )}
      </Menu>
      {asked !== null && (
        <ConfirmDialog
          open
          onOpenChange={() => setAsked(null)}
          title={t(messages[`${asked}Title`], { name })}
          description={t(messages[`${asked}What`])}
          action={t(messages[asked])}
          onConfirm={() => void confirmed[asked]()}
        />
      )}
      {link !== null && (
        <Dialog
          open
          onOpenChange={() => setLink(null)}
          title={t(messages.link)}
          description={t(messages.handOver, { name })}
        >
          <Copyable text={link} label={t(messages.link)} />
        </Dialog>
      )}
    </>
  );
}

const messages = defineMessages({
  actions: { en: 'More for {name}', fr: 'Plus pour {name}' },
  makeAdmin: { en: 'Make instance admin', fr: 'Nommer admin du serveur' },
  takeAdmin: { en: 'No longer instance admin', fr: 'Ne plus être admin du serveur' },
  isAdmin: { en: '{name} is an instance admin now', fr: '{name} est maintenant admin du serveur' },
  isNoAdmin: { en: '{name} is no instance admin any more', fr: '{name} n’est plus admin du serveur' },
  link: { en: 'Link to a new password', fr: 'Lien vers un nouveau mot de passe' },
  handOver: {
    en: 'Hand it to {name} yourself. It works once, for an hour, and is shown this once.',
    fr: 'Transmettez-le vous-même à {name}. Il sert une fois, pendant une heure, et n’est montré qu’une fois.',
  },
  secondFactor: { en: 'Turn the second factor off', fr: 'Désactiver le second facteur' },
  secondFactorTitle: {
    en: 'Turn off the second factor of {name}?',
    fr: 'Désactiver le second facteur de {name} ?',
  },
  secondFactorWhat: {
    en: 'For somebody who lost their app and their recovery codes. A password alone lets them in until they set it up again.',
    fr: 'Pour qui a perdu son application et ses codes de secours. Un mot de passe suffira jusqu’à sa prochaine installation.',
  },
  secondFactorDone: {
    en: 'The second factor of {name} is off',
    fr: 'Le second facteur de {name} est désactivé',
  },
  remove: { en: 'Delete the account', fr: 'Supprimer le compte' },
  removeTitle: { en: 'Delete the account of {name}?', fr: 'Supprimer le compte de {name} ?' },
  removeWhat: {
    en: 'Sessions, passkeys and memberships go with it; projects stay. This cannot be undone.',
    fr: 'Ses sessions, clés d’accès et adhésions disparaissent ; les projets restent. C’est définitif.',
  },
  removeDone: { en: 'The account of {name} is deleted', fr: 'Le compte de {name} est supprimé' },
});
