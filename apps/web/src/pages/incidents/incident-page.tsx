import '../alerts/alerts.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { IncidentDetail } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { Card, Page, Problem, Skeleton } from '../../components/page.tsx';
import { StateShape } from '../../components/status.tsx';
import { Duration, Instant } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { AlertRow } from '../alerts/alert-row.tsx';
import { Story } from '../alerts/story.tsx';

const route = getRouteApi('/shell/projects/$project/incidents/$incident');

/** One incident: its times, its alerts, and what happened. */
export function IncidentPage() {
  const t = useT();
  const { project, incident: id } = route.useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['incident', id],
    queryFn: ({ signal }) => call<IncidentDetail>('GET', `/incidents/${id}`, { signal }),
  });
  const above = (
    <Link to="/projects/$project/incidents" params={{ project }}>
      {t(messages.incidents)}
    </Link>
  );
  if (data === undefined) {
    return (
      <Page title={t(messages.incident)} above={above}>
        {error === null ? <Skeleton lines={6} /> : <Problem error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  const times = [
    [t(messages.detected), data.detected_at, data.time_to_detect],
    [t(messages.acknowledged), data.acknowledged_at, data.time_to_acknowledge],
    [t(messages.resolved), data.resolved_at, data.time_to_resolve],
  ] as const;
  return (
    <Page
      title={data.title}
      above={above}
      mark={<StateShape look={data.state === 'open' ? 'down' : 'up'} size={22} />}
    >
      <Card title={t(messages.times)}>
        <dl className="facts">
          <dt>{t(messages.began)}</dt>
          <dd>
            <Instant at={data.started_at} />
          </dd>
          {times.map(([label, at, after]) => (
            <div key={label} className="facts-pair">
              <dt>{label}</dt>
              <dd>
                {at === null ? t(messages.notYet) : <Instant at={at} />}
                {after !== null && (
                  <span className="soft">
                    {' '}
                    (
                    {after < 1 ? (
                      t(messages.atOnce)
                    ) : (
                      <>
                        {t(messages.after)} <Duration seconds={after} />
                      </>
                    )}
                    )
                  </span>
                )}
                {at === data.acknowledged_at &&
                  data.acknowledged_by !== null &&
                  label === t(messages.acknowledged) && <>, {data.acknowledged_by}</>}
              </dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card title={t(messages.alerts)} flush>
        <ul className="lined-list">
          {data.members.map((alert) => (
            <li key={alert.id}>
              <AlertRow alert={alert} />
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t(messages.story)}>
        <Story entries={data.timeline} cut={data.cut} />
      </Card>
    </Page>
  );
}

const messages = defineMessages({
  incidents: { en: 'Incidents', fr: 'Incidents' },
  incident: { en: 'Incident', fr: 'Incident' },
  times: { en: 'Times', fr: 'Dates' },
  began: { en: 'Began', fr: 'Début' },
  detected: { en: 'Detected', fr: 'Détecté' },
  acknowledged: { en: 'Taken up', fr: 'Pris en charge' },
  resolved: { en: 'Resolved', fr: 'Résolu' },
  notYet: { en: 'not yet', fr: 'pas encore' },
  after: { en: 'after', fr: 'après' },
  atOnce: { en: 'at once', fr: 'aussitôt' },
  alerts: { en: 'Alerts', fr: 'Alertes' },
  story: { en: 'What happened', fr: 'Ce qui s’est passé' },
});
