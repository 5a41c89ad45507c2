import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { NewPassword } from '../entry/new-password.tsx';

/** Another password; one's other sessions end with it. */
export function PasswordCard({ email }: { email: string }) {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const { busy, errorOf, problem, run } = useSubmit(['current', 'password']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      await call('POST', '/me/password', { body: { current, password } });
      setCurrent('');
      setPassword('');
      toasts.say(t(messages.changed));
      await client.invalidateQueries({ queryKey: ['sessions'] });
    });
  };
  return (
    <Card title={t(messages.title)}>
      <form className="stack account-form" onSubmit={submit}>
        <FormProblem text={problem} />
        {/* For password managers: which account it is of. */}
        <input
          className="unseen"
          type="email"
          autoComplete="username"
          readOnly
          tabIndex={-1}
          aria-hidden
          value={email}
        />
        <TextField
          type="password"
          label={t(messages.current)}
          autoComplete="current-password"
          required
          value={current}
          error={errorOf('current')}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <NewPassword
          label={t(messages.next)}
          value={password}
          onChange={setPassword}
          error={errorOf('password')}
        />
        <div className="row">
          <Button type="submit" busy={busy}>
            {t(messages.change)}
          </Button>
        </div>
      </form>
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Password', fr: 'Mot de passe' },
  current: { en: 'Current password', fr: 'Mot de passe actuel' },
  next: { en: 'New password', fr: 'Nouveau mot de passe' },
  change: { en: 'Change it', fr: 'Le changer' },
  changed: {
    en: 'The password is changed. Your other sessions have ended.',
    fr: 'Le mot de passe est changé. Vos autres sessions sont terminées.',
  },
});
