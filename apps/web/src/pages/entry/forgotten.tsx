import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useEntry } from '../../api/entry.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { EntryFrame } from './entry-frame.tsx';
import { messages as shared } from './messages.ts';

/** Asks for a link that sets a new password. */
export function ForgottenPage() {
  const t = useT();
  const entry = useEntry();
  const [email, setEmail] = useState('');
  const [sent, setSent] = useState(false);
  const { busy, errorOf, problem, run } = useSubmit(['email']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      await call('POST', '/password-reset', { body: { email } });
      setSent(true);
    });
  };
  return (
    <EntryFrame title={t(messages.title)}>
      {entry?.mail === false && <p>{t(messages.noMail)}</p>}
      {entry?.mail !== false && sent && <p role="status">{t(messages.sent, { email })}</p>}
      {entry?.mail !== false && !sent && (
        <form className="stack" onSubmit={submit}>
          <FormProblem text={problem} />
          <TextField
            type="email"
            label={t(shared.email)}
            autoComplete="username"
            required
            autoFocus
            value={email}
            error={errorOf('email')}
            onChange={(event) => setEmail(event.target.value)}
          />
          <Button type="submit" look="primary" busy={busy}>
            {t(messages.send)}
          </Button>
        </form>
      )}
      <p className="entry-links">
        <Link to="/signin">{t(shared.toSignIn)}</Link>
      </p>
    </EntryFrame>
  );
}

const messages = defineMessages({
  title: { en: 'Forgotten password', fr: 'Mot de passe oublié' },
  send: { en: 'Send me a link', fr: 'M’envoyer un lien' },
  sent: {
    en: 'If {email} has an account here, a link that sets a new password is on its way. It works for an hour.',
    fr: 'Si {email} a un compte ici, un lien pour choisir un nouveau mot de passe est en route. Il est valable une heure.',
  },
  noMail: {
    en: 'This server sends no mail. Whoever runs it can make a link for you.',
    fr: 'Ce serveur n’envoie pas de courriel. La personne qui le gère peut créer un lien pour vous.',
  },
});
