import { getRouteApi, Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useArrive } from './arrive.ts';
import { CodeField, isSecondFactorAsked } from './code-field.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { messages as shared } from './messages.ts';
import { NewPassword } from './new-password.tsx';

const route = getRouteApi('/reset');

/** Sets a new password by the link that was sent. */
export function ResetPage() {
  const t = useT();
  const { token } = route.useSearch();
  const arrive = useArrive();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const { busy, errorOf, problem, run } = useSubmit(['password', ...(code === null ? [] : ['code'])]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const body = { token, password, ...(code === null ? {} : { code }) };
      try {
        await call('POST', '/password-reset/confirm', { body });
      } catch (error) {
        if (code === null && isSecondFactorAsked(error)) return setCode('');
        throw error;
      }
      await arrive();
    });
  };
  return (
    <EntryFrame title={t(messages.title)}>
      <form className="stack" onSubmit={submit}>
        <FormProblem text={problem} />
        <NewPassword
          label={t(shared.newPassword)}
          value={password}
          onChange={setPassword}
          error={errorOf('password')}
        />
        {code !== null && <CodeField value={code} onChange={setCode} error={errorOf('code')} />}
        <Button type="submit" look="primary" busy={busy}>
          {t(messages.set)}
        </Button>
      </form>
      <p className="entry-links">
        <Link to="/signin">{t(shared.toSignIn)}</Link>
      </p>
    </EntryFrame>
  );
}

const messages = defineMessages({
  title: { en: 'New password', fr: 'Nouveau mot de passe' },
  set: { en: 'Set it and sign in', fr: 'L’enregistrer et se connecter' },
});
