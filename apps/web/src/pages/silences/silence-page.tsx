import './silences.css';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Silence } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { actorText } from '../../components/actor-text.ts';
import { Button } from '../../components/button.tsx';
import { Page, Problem, Skeleton } from '../../components/page.tsx';
import { Ago, InstantRange } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay } from '../../shell/project.ts';
import { draftOf } from './matcher-editor.tsx';
import { matcherText } from './matcher-text.ts';
import { SilenceForm } from './silence-form.tsx';
import { useExpire } from './use-expire.ts';

const route = getRouteApi('/shell/projects/$project/silences/$silence');

/** One silence: what it holds back, and until when; changed or ended here. */
export function SilencePage() {
  const t = useT();
  const client = useQueryClient();
  const expire = useExpire();
  const mayWrite = useMay('member');
  const { project, silence: id } = route.useParams();
  const navigate = route.useNavigate();
  const {
    data: silence,
    error,
    refetch,
  } = useQuery({
    queryKey: ['silence', id],
    queryFn: ({ signal }) => call<Silence>('GET', `/silences/${id}`, { signal }),
  });
  const above = (
    <Link to="/projects/$project/silences" params={{ project }} search={{}}>
      {t(messages.silences)}
    </Link>
  );
  if (silence === undefined) {
    return (
      <Page title={t(messages.title)} above={above}>
        {error === null ? <Skeleton /> : <Problem error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  const isOver = silence.state === 'expired';
  return (
    <Page
      title={silence.comment}
      above={above}
      actions={mayWrite && !isOver && <Button onClick={() => expire(silence)}>{t(messages.end)}</Button>}
    >
      <p>
        {actorText(silence.author, t)}, <InstantRange from={silence.starts_at} to={silence.ends_at} />{' '}
        <span className="soft">
          ({t(messages[silence.state])}{' '}
          <Ago at={silence.state === 'pending' ? silence.starts_at : silence.ends_at} />)
        </span>
      </p>
      {mayWrite ? (
        <SilenceForm
          // What somebody is writing stays, whoever changes the silence meanwhile.
          key={`${silence.id} ${isOver}`}
          project={project}
          drafts={silence.matchers.map(draftOf)}
          {...(isOver ? {} : { before: silence })}
          action={t(isOver ? messages.again : messages.save)}
          save={async (body) => {
            const saved = isOver
              ? await call<Silence>('POST', '/silences', { query: { project }, body })
              : await call<Silence>('PUT', `/silences/${id}`, { body });
            await client.invalidateQueries({ queryKey: ['silences', project] });
            await client.invalidateQueries({ queryKey: ['silence', id] });
            await navigate({
              to: '/projects/$project/silences/$silence',
              params: { project, silence: saved.id },
              replace: true,
            });
          }}
        />
      ) : (
        <ul className="label-chips">
          {silence.matchers.map((matcher) => (
            <li key={matcherText(matcher)} className="chip" dir="auto">
              {matcherText(matcher)}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

const messages = defineMessages({
  title: { en: 'Silence', fr: 'Silence' },
  silences: { en: 'Silences', fr: 'Silences' },
  end: { en: 'End it now', fr: 'Le terminer maintenant' },
  active: { en: 'active, it ends', fr: 'actif, il se termine' },
  pending: { en: 'not begun, it begins', fr: 'pas commencé, il débute' },
  expired: { en: 'over', fr: 'terminé' },
  save: { en: 'Save', fr: 'Enregistrer' },
  again: { en: 'Silence again', fr: 'Remettre en silence' },
});
