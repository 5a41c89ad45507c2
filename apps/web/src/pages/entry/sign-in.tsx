import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { useEntry } from '../../api/entry.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useArrive } from './arrive.ts';
import { CodeField, isSecondFactorAsked } from './code-field.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { messages as shared } from './messages.ts';
import { PasskeyButton } from './passkey-button.tsx';

const route = getRouteApi('/signin');

/** Signing in: by password, with a second factor where there is one, or by passkey. */
export function SignInPage() {
  const t = useT();
  const entry = useEntry();
  const arrive = useArrive();
  const { next } = route.useSearch();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const { busy, errorOf, problem, run } = useSubmit([
    'email',
    'password',
    ...(code === null ? [] : ['code']),
  ]);

  const signIn = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      try {
        await call('POST', '/session', { body: { email, password, ...(code === null ? {} : { code }) } });
      } catch (error) {
        if (code === null && isSecondFactorAsked(error)) return setCode('');
        throw error;
      }
      await arrive(next);
    });
  };
  return (
    <EntryFrame title={t(shared.signIn)}>
      {entry?.set_up_needed === true && <p role="status">{t(messages.setUpNeeded)}</p>}
      <form className="stack" onSubmit={signIn}>
        <FormProblem text={problem} />
        <TextField
          type="email"
          autoComplete="username webauthn"
          label={t(shared.email)}
          required
          autoFocus
          value={email}
          error={errorOf('email')}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          type="password"
          autoComplete="current-password"
          label={t(shared.password)}
          required
          value={password}
          error={errorOf('password')}
          onChange={(event) => setPassword(event.target.value)}
        />
        {code !== null && <CodeField value={code} onChange={setCode} error={errorOf('code')} />}
        <Button type="submit" look="primary" busy={busy}>
          {t(shared.signIn)}
        </Button>
      </form>
      <p className="entry-or">{t(messages.or)}</p>
      <PasskeyButton onSignedIn={() => arrive(next)} />
      <p className="entry-links">
        <Link to="/forgotten">{t(messages.forgotten)}</Link>
        {entry?.registration_open === true && <Link to="/register">{t(messages.register)}</Link>}
      </p>
    </EntryFrame>
  );
}

const messages = defineMessages({
  setUpNeeded: {
    en: 'There is no account yet. The server printed a link at its start that makes the first one.',
    fr: 'Il n’y a pas encore de compte. Le serveur a affiché à son démarrage un lien qui crée le premier.',
  },
  or: { en: 'or', fr: 'ou' },
  forgotten: { en: 'Forgotten your password?', fr: 'Mot de passe oublié ?' },
  register: { en: 'Make an account', fr: 'Créer un compte' },
});
