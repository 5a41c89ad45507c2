import { Link } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { useEntry } from '../../api/entry.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { AccountForm } from './account-form.tsx';
import { useArrive } from './arrive.ts';
import { EntryFrame } from './entry-frame.tsx';
import { messages as shared } from './messages.ts';

/** A stranger's own account, where registration is open. */
export function RegisterPage() {
  const t = useT();
  const arrive = useArrive();
  const entry = useEntry();
  return (
    <EntryFrame title={t(messages.title)}>
      {entry?.registration_open === false ? (
        <p>{t(messages.closed)}</p>
      ) : (
        <AccountForm
          action={t(messages.title)}
          make={async (account) => {
            await call('POST', '/accounts', { body: account });
            await arrive();
          }}
        />
      )}
      <p className="entry-links">
        <Link to="/signin">{t(shared.toSignIn)}</Link>
      </p>
    </EntryFrame>
  );
}

const messages = defineMessages({
  title: { en: 'Make an account', fr: 'Créer un compte' },
  closed: {
    en: 'This server takes no new accounts. Somebody who is in can invite you.',
    fr: 'Ce serveur n’accepte pas de nouveaux comptes. Un membre peut vous inviter.',
  },
});
