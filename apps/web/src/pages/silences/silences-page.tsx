import './silences.css';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Silence } from '@vigie/contract';
import { ListEnd, useList } from '../../api/list.tsx';
import { actorText } from '../../components/actor-text.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { ChoiceLinks } from '../../components/choice-links.tsx';
import { Icon } from '../../components/icon.tsx';
import { Card, Empty, Page } from '../../components/page.tsx';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { queryOf } from './list-search.ts';
import { matcherText } from './matcher-text.ts';
import { useExpire } from './use-expire.ts';

const route = getRouteApi('/shell/projects/$project/silences');
const CHOICES = ['current', 'unused', 'expired'] as const;

/** What is kept silent, by whom, why and until when. */
export function SilencesPage() {
  const t = useT();
  const project = useProject();
  const mayWrite = useMay('member');
  const search = route.useSearch();
  const list = useList<Silence>(['silences', project.id], '/silences', {
    project: project.id,
    ...queryOf(search),
  });
  const chosen = search.show ?? 'current';
  return (
    <Page
      title={t(messages.title)}
      actions={
        mayWrite && (
          <Link
            to="/projects/$project/silences/new"
            params={{ project: project.id }}
            search={{}}
            className={buttonClass('primary')}
          >
            <Icon name="plus" />
            {t(messages.add)}
          </Link>
        )
      }
      below={
        <ChoiceLinks
          label={t(messages.which)}
          choices={CHOICES.map((one) => ({
            label: t(one === 'expired' ? messages.past : messages[one]),
            search: { show: one === 'current' ? undefined : one },
            current: one === chosen,
          }))}
        />
      }
    >
      {list.items.length > 0 && (
        <Card flush>
          <ul className="lined-list">
            {list.items.map((silence) => (
              <li key={silence.id}>
                <SilenceRow silence={silence} mayWrite={mayWrite} />
              </li>
            ))}
          </ul>
        </Card>
      )}
      <ListEnd
        list={list}
        empty={
          <Empty icon="silence" title={t(messages.none)}>
            <p>{t(messages.why)}</p>
          </Empty>
        }
      />
    </Page>
  );
}

function SilenceRow({ silence, mayWrite }: { silence: Silence; mayWrite: boolean }) {
  const t = useT();
  const expire = useExpire();
  const isOver = silence.state === 'expired';
  return (
    <div className="silence-row">
      <div>
        <Link
          to="/projects/$project/silences/$silence"
          params={{ project: silence.project, silence: silence.id }}
          className="clamped"
          dir="auto"
        >
          {silence.comment}
        </Link>
        <p className="small soft">
          {actorText(silence.author, t)}, {t(messages[silence.state])}{' '}
          <Ago at={silence.state === 'pending' ? silence.starts_at : silence.ends_at} />
          {silence.state === 'active' && `, ${t(messages.hides, { count: silence.hides })}`}
        </p>
        <ul className="label-chips">
          {silence.matchers.map((matcher) => (
            <li key={matcherText(matcher)} className="chip" dir="auto">
              {matcherText(matcher)}
            </li>
          ))}
        </ul>
      </div>
      {mayWrite && !isOver && (
        <Button aria-label={t(messages.endOne, { name: silence.comment })} onClick={() => expire(silence)}>
          {t(messages.end)}
        </Button>
      )}
    </div>
  );
}

const messages = defineMessages({
  title: { en: 'Silences', fr: 'Silences' },
  add: { en: 'New silence', fr: 'Nouveau silence' },
  which: { en: 'Which', fr: 'Lesquels' },
  current: { en: 'Now and later', fr: 'En cours et à venir' },
  unused: { en: 'Hide nothing now', fr: 'Ne cachent rien' },
  past: { en: 'Over', fr: 'Terminés' },
  expired: { en: 'over', fr: 'terminé' },
  active: { en: 'ends', fr: 'se termine' },
  pending: { en: 'begins', fr: 'débute' },
  hides: {
    en: '{count, plural, =0 {hides nothing now} one {hides one alert} other {hides # alerts}}',
    fr: '{count, plural, =0 {ne cache rien} one {cache une alerte} other {cache # alertes}}',
  },
  end: { en: 'End it', fr: 'Le terminer' },
  endOne: { en: 'End it: {name}', fr: 'Le terminer : {name}' },
  none: { en: 'No silence here', fr: 'Aucun silence ici' },
  why: {
    en: 'A silence holds back the messages of matching alerts until it ends. What is wrong stays visible.',
    fr: 'Un silence retient les messages des alertes visées jusqu’à sa fin. Ce qui va mal reste visible.',
  },
});
