import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { SetUpDone } from '@vigie/contract';
import { useState } from 'react';
import { ApiError, call } from '../../api/client.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { Problem, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { AccountForm } from './account-form.tsx';
import { useArrive } from './arrive.ts';
import { EntryFrame } from './entry-frame.tsx';
import { messages as shared } from './messages.ts';

const route = getRouteApi('/setup');

/** Making the admin's account by the one-time link. */
export function SetUpPage() {
  const t = useT();
  const { token } = route.useSearch();
  const [done, setDone] = useState<SetUpDone | null>(null);
  const { isPending, error } = useQuery({
    queryKey: ['set-up', token],
    queryFn: async ({ signal }) => {
      await call('GET', '/setup', { query: { token }, signal });
      return true;
    },
    // Once it is used it works no more; the page then shows what it made.
    enabled: done === null,
  });
  if (done !== null) return <Done done={done} />;
  return (
    <EntryFrame title={t(messages.title)}>
      {isPending && <Skeleton />}
      {error !== null &&
        (error instanceof ApiError && error.status === 404 ? <Used /> : <Problem error={error} />)}
      {!isPending && error === null && (
        <AccountForm
          above={<p className="soft">{t(messages.what)}</p>}
          action={t(messages.make)}
          make={async (account) => setDone(await call('POST', '/setup', { body: { token, ...account } }))}
        />
      )}
    </EntryFrame>
  );
}

function Used() {
  const t = useT();
  return (
    <>
      <p>{t(messages.used)}</p>
      <Link to="/signin" className={buttonClass('primary')}>
        {t(shared.toSignIn)}
      </Link>
    </>
  );
}

/** The keys are shown this once. */
function Done({ done }: { done: SetUpDone }) {
  const t = useT();
  const arrive = useArrive();
  const keys = [
    [t(messages.writeKey), done.keys.write],
    [t(messages.readKey), done.keys.read],
    [t(messages.pingKey), done.project.ping_key],
  ] as const;
  return (
    <EntryFrame title={t(messages.ready)} wide>
      <p>{t(messages.keep)}</p>
      {keys.map(([label, key]) => (
        <div key={label} className="field">
          <h2>{label}</h2>
          {key === null ? (
            <p className="soft">{t(messages.configured)}</p>
          ) : (
            <Copyable text={key} label={label} />
          )}
        </div>
      ))}
      <Button look="primary" onClick={() => void arrive()}>
        {t(messages.go)}
      </Button>
    </EntryFrame>
  );
}

const messages = defineMessages({
  title: { en: 'Set up', fr: 'Mise en service' },
  what: {
    en: 'Make the first account. It runs the server and sees every project.',
    fr: 'Créez le premier compte. Il gère le serveur et voit tous les projets.',
  },
  make: { en: 'Make the account', fr: 'Créer le compte' },
  used: {
    en: 'This link was used, ran out, or is of an earlier start. As long as there is no account, each start prints a new one.',
    fr: 'Ce lien a servi, a expiré, ou date d’un démarrage précédent. Tant qu’il n’y a pas de compte, chaque démarrage en affiche un nouveau.',
  },
  ready: { en: 'All set', fr: 'Tout est prêt' },
  keep: {
    en: 'You are signed in. These keys are for programs; the API keys are shown this once, so keep them now.',
    fr: 'Vous êtes connecté. Ces clés servent aux programmes ; les clés d’API ne sont montrées qu’une fois, gardez-les maintenant.',
  },
  writeKey: { en: 'API key, read and write', fr: 'Clé d’API, lecture et écriture' },
  readKey: { en: 'API key, read only', fr: 'Clé d’API, lecture seule' },
  pingKey: { en: 'Ping key', fr: 'Clé de ping' },
  configured: { en: 'as configured', fr: 'celle de la configuration' },
  go: { en: 'Make your first check', fr: 'Créer votre premier contrôle' },
});
