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

/** What one may begin with; the API keys stand beside the link, where it was printed. */
function Done({ done }: { done: SetUpDone }) {
  const t = useT();
  const arrive = useArrive();
  const { ping_key } = done.project;
  return (
    <EntryFrame title={t(messages.ready)} wide>
      <p>{t(messages.signedIn)}</p>
      {ping_key !== null && (
        <div className="field">
          <h2>{t(messages.pingKey)}</h2>
          <p className="soft">{t(messages.pingKeyUse)}</p>
          <Copyable text={ping_key} label={t(messages.pingKey)} />
        </div>
      )}
      <div className="field">
        <h2>{t(messages.apiKeys)}</h2>
        <p className="soft">{t(messages.apiKeysWhere)}</p>
      </div>
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
  signedIn: { en: 'You are signed in.', fr: 'Vous êtes connecté.' },
  pingKey: { en: 'Ping key', fr: 'Clé de ping' },
  pingKeyUse: {
    en: 'With it jobs ping by the name of their check. It stays to be seen under Project, Keys.',
    fr: 'Avec elle, les tâches envoient leurs pings par le nom du contrôle. Elle reste visible sous Projet, Clés.',
  },
  apiKeys: { en: 'API keys', fr: 'Clés d’API' },
  apiKeysWhere: {
    en: 'The first start printed them beside the link, or they are the configured ones. You make more under Project, Keys.',
    fr: 'Le premier démarrage les a affichées près du lien, ou ce sont celles de la configuration. Vous en créez d’autres sous Projet, Clés.',
  },
  go: { en: 'Make your first check', fr: 'Créer votre premier contrôle' },
});
