import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { Ago } from '../../components/time.tsx';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { browserName } from './browser-name.ts';

/** Where one is signed in. */
export function SessionsCard() {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => call<{ items: Session[] }>('GET', '/sessions', { signal }),
  });
  const end = async (path: string): Promise<void> => {
    try {
      await call('DELETE', path);
      await client.invalidateQueries({ queryKey: ['sessions'] });
    } catch (failure) {
      toasts.fail(failure);
    }
  };
  const others = data?.items.filter(({ current }) => !current).length ?? 0;
  return (
    <Card
      title={t(messages.title)}
      actions={others > 0 && <Button onClick={() => void end('/sessions')}>{t(messages.endOthers)}</Button>}
    >
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton />}
      <ul className="things">
        {data?.items.map((session) => (
          <li key={session.id} className="thing">
            <div>
              <strong>{browserName(session.user_agent) ?? t(messages.unknown)}</strong>
              {session.current && <span className="soft"> {t(messages.here)}</span>}
              <p className="soft small wrap-anywhere">
                {session.remote_addr}, <Ago at={session.seen_at} />
              </p>
            </div>
            {!session.current && (
              <Button onClick={() => void end(`/sessions/${session.id}`)}>
                {t(messages.end)}
                <span className="unseen">: {browserName(session.user_agent) ?? t(messages.unknown)}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Where you are signed in', fr: 'Où vous êtes connecté' },
  unknown: { en: 'Unknown program', fr: 'Programme inconnu' },
  here: { en: '(here)', fr: '(ici)' },
  end: { en: 'End it', fr: 'La terminer' },
  endOthers: { en: 'End all others', fr: 'Terminer toutes les autres' },
});
