import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { InvitedBody } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { ApiError, call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Problem, Skeleton } from '../../components/page.tsx';
import { ROLE_WORDS } from '../../components/role-words.ts';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { AccountForm } from './account-form.tsx';
import { useArrive } from './arrive.ts';
import { CodeField, isSecondFactorAsked } from './code-field.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { messages as shared } from './messages.ts';

const route = getRouteApi('/invitation');

/** Accepting an invitation: a new account chooses its password, an existing one gives it. */
export function InvitationPage() {
  const t = useT();
  const { token } = route.useSearch();
  const arrive = useArrive();
  const { data, error } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call<InvitedBody>('GET', '/invitation', { query: { token }, signal }),
  });
  const accept = async (body: { name?: string; password: string; code?: string }): Promise<void> => {
    await call('POST', '/invitation', { body: { token, ...body } });
    await arrive();
  };
  if (data === undefined) {
    const isGone = error instanceof ApiError && error.status === 404;
    return (
      <EntryFrame title={t(isGone ? messages.over : messages.title)}>
        {error === null && <Skeleton />}
        {error !== null && (isGone ? <p>{t(messages.gone)}</p> : <Problem error={error} />)}
        {error !== null && (
          <p className="entry-links">
            <Link to="/signin">{t(shared.toSignIn)}</Link>
          </p>
        )}
      </EntryFrame>
    );
  }
  const what = t(messages.what, { project: data.project, role: t(ROLE_WORDS[data.role]) });
  return (
    <EntryFrame title={t(messages.title)}>
      {data.account_exists ? (
        <ProveForm what={what} email={data.email} accept={accept} />
      ) : (
        <AccountForm
          email={data.email}
          above={<p>{what}</p>}
          action={t(messages.join)}
          make={({ name, password }) => accept({ name, password })}
        />
      )}
    </EntryFrame>
  );
}

interface ProveFormProps {
  what: string;
  email: string;
  accept(proof: { password: string; code?: string }): Promise<void>;
}

function ProveForm({ what, email, accept }: ProveFormProps) {
  const t = useT();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const { busy, errorOf, problem, run } = useSubmit(['password', ...(code === null ? [] : ['code'])]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      try {
        await accept({ password, ...(code === null ? {} : { code }) });
      } catch (error) {
        if (code === null && isSecondFactorAsked(error)) return setCode('');
        throw error;
      }
    });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p>{what}</p>
      <FormProblem text={problem} />
      <TextField type="email" label={t(shared.email)} autoComplete="username" readOnly value={email} />
      <TextField
        type="password"
        label={t(shared.password)}
        hint={t(messages.existing)}
        autoComplete="current-password"
        required
        value={password}
        error={errorOf('password')}
        onChange={(event) => setPassword(event.target.value)}
      />
      {code !== null && <CodeField value={code} onChange={setCode} error={errorOf('code')} />}
      <Button type="submit" look="primary" busy={busy}>
        {t(messages.join)}
      </Button>
    </form>
  );
}

const messages = defineMessages({
  over: { en: 'Invitation', fr: 'Invitation' },
  title: { en: 'You are invited', fr: 'Vous êtes invité' },
  what: {
    en: 'You are invited to “{project}” as {role}.',
    fr: 'Vous êtes invité dans « {project} » comme {role}.',
  },
  join: { en: 'Join', fr: 'Rejoindre' },
  existing: { en: 'Of the account that you have here.', fr: 'De votre compte existant.' },
  gone: {
    en: 'This invitation was used, was taken back, or ran out. Ask for a new one.',
    fr: 'Cette invitation a servi, a été retirée ou a expiré. Demandez-en une nouvelle.',
  },
});
