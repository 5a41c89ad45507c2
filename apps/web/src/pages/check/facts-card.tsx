import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { channelsQuery, checkQuery } from '../../api/check-queries.ts';
import { nameOf } from '../../components/check-actions.ts';
import { Fact } from '../../components/fact.tsx';
import { Card } from '../../components/page.tsx';
import { policyWords } from '../../components/policy-words.ts';
import { StatusMark } from '../../components/status.tsx';
import { Duration } from '../../components/time.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { scheduleWords } from '../checks/schedule-words.ts';

/** How a check is set: when it is expected, whom it tells, what it depends on. */
export function FactsCard({ check }: { check: Check }) {
  const t = useT();
  const language = useLanguage();
  const project = useProject();
  const policies = policyWords(check.policies, t, language);
  return (
    <Card title={t(messages.title)}>
      {check.description !== '' && <p className="check-description wrap-anywhere">{check.description}</p>}
      <dl className="facts facts-narrow">
        <Fact name={t(messages.schedule)}>
          {scheduleWords(check, language)}
          {check.schedule !== null && <code className="check-expression">{check.schedule}</code>}
        </Fact>
        <Fact name={t(messages.grace)}>
          <Duration seconds={check.grace} />
        </Fact>
        <Fact name={t(messages.environment)}>{check.environment}</Fact>
        {check.tags.length > 0 && (
          <Fact name={t(messages.tags)}>
            <span className="row">
              {check.tags.map((tag) => (
                <Link
                  key={tag}
                  className="check-tag"
                  to="/projects/$project/checks"
                  params={{ project: project.id }}
                  search={{ tag }}
                >
                  {tag}
                </Link>
              ))}
            </span>
          </Fact>
        )}
        <Fact name={t(messages.channels)}>
          <ChannelNames check={check} />
        </Fact>
        {check.depends_on.length > 0 && (
          <Fact name={t(messages.depends)}>
            <Parents ids={check.depends_on} />
          </Fact>
        )}
        {check.methods === 'POST' && <Fact name={t(messages.methods)}>{t(messages.post)}</Fact>}
        {policies.length > 0 && (
          <Fact name={t(messages.policies)}>
            <ul className="check-list">
              {policies.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function ChannelNames({ check }: { check: Check }) {
  const t = useT();
  const project = useProject();
  const { data } = useQuery(channelsQuery(project.id));
  const channels = data?.items.filter(({ id }) => check.channels.includes(id)) ?? [];
  if (check.channels.length === 0) {
    return t(project.alert_route === 'none' ? messages.nobody : messages.everybody);
  }
  return (
    <ul className="check-list">
      {channels.map(({ id, name, kind, disabled }) => (
        <li key={id}>
          <Link to="/projects/$project/channels/$channel" params={{ project: project.id, channel: id }}>
            {name}
          </Link>{' '}
          <span className="soft small">
            {kind}
            {disabled && `, ${t(messages.disabled)}`}
          </span>
        </li>
      ))}
      {project.alert_route === 'both' && <li>{t(messages.both)}</li>}
    </ul>
  );
}

function Parents({ ids }: { ids: readonly string[] }) {
  const project = useProject();
  const parents = useQueries({ queries: ids.map((id) => checkQuery(id)) });
  return (
    <ul className="check-list">
      {parents.map(({ data }, index) => (
        <li key={ids[index]} className="row">
          {data !== undefined && (
            <>
              <StatusMark status={data.status} />
              <Link to="/projects/$project/checks/$check" params={{ project: project.id, check: data.id }}>
                {nameOf(data)}
              </Link>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

const messages = defineMessages({
  title: { en: 'Settings', fr: 'Réglages' },
  schedule: { en: 'Expected', fr: 'Attendu' },
  grace: { en: 'Grace', fr: 'Délai de grâce' },
  environment: { en: 'Environment', fr: 'Environnement' },
  tags: { en: 'Tags', fr: 'Étiquettes' },
  channels: { en: 'Tells', fr: 'Prévient' },
  everybody: { en: 'all channels of the project', fr: 'tous les canaux du projet' },
  nobody: { en: 'nobody: it has no channel', fr: 'personne : il n’a pas de canal' },
  both: { en: 'and all channels of the project', fr: 'et tous les canaux du projet' },
  disabled: { en: 'switched off', fr: 'désactivé' },
  depends: { en: 'Depends on', fr: 'Dépend de' },
  methods: { en: 'Methods', fr: 'Méthodes' },
  post: { en: 'POST alone counts', fr: 'seul POST compte' },
  policies: { en: 'Policies', fr: 'Règles' },
});
