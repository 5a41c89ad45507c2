import './incidents.css';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Incident, IncidentSummary } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { ListEnd, useList } from '../../api/list.tsx';
import { Card, Empty, Page } from '../../components/page.tsx';
import { StateShape } from '../../components/status.tsx';
import { Ago, Duration } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { SEVERITY_WORDS } from '../alerts/alert-words.ts';

/** What was grave, and how fast it was noticed, taken up and mended. */
export function IncidentsPage() {
  const t = useT();
  const project = useProject();
  const list = useList<Incident>(['incidents', project.id], '/incidents', { project: project.id });
  return (
    <Page title={t(messages.title)}>
      <Means project={project.id} />
      {list.items.length > 0 && (
        <Card flush>
          <div className="table-scroll">
            <table className="table table-stack">
              <thead>
                <tr>
                  <th scope="col">{t(messages.incident)}</th>
                  <th scope="col">{t(messages.began)}</th>
                  <th scope="col">{t(messages.acknowledged)}</th>
                  <th scope="col">{t(messages.lasted)}</th>
                </tr>
              </thead>
              <tbody>
                {list.items.map((incident) => (
                  <IncidentRow key={incident.id} incident={incident} />
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      <ListEnd
        list={list}
        empty={
          <Empty icon="incidents" title={t(messages.none)}>
            <p>{t(messages.why)}</p>
          </Empty>
        }
      />
    </Page>
  );
}

function IncidentRow({ incident }: { incident: Incident }) {
  const t = useT();
  return (
    <tr>
      <td>
        <div className="incident-what">
          <StateShape look={incident.state === 'open' ? 'down' : 'up'} />
          <div>
            <Link
              to="/projects/$project/incidents/$incident"
              params={{ project: incident.project, incident: incident.id }}
              className="clamped"
              dir="auto"
            >
              {incident.title}
            </Link>
            <p className="small soft">
              {t(messages[incident.state])}, {t(SEVERITY_WORDS[incident.severity])},{' '}
              {t(messages.alerts, { count: incident.alerts })}
            </p>
          </div>
        </div>
      </td>
      <td data-label={t(messages.began)}>
        <Ago at={incident.started_at} />
      </td>
      <td className="wrap-anywhere" data-label={t(messages.acknowledged)}>
        {incident.acknowledged_by ?? t(messages.nobody)}
      </td>
      <td data-label={t(messages.lasted)}>
        {incident.time_to_resolve === null ? (
          t(messages.stillOpen)
        ) : (
          <Duration seconds={incident.time_to_resolve} />
        )}
      </td>
    </tr>
  );
}

/** The mean times of the last 30 days. */
function Means({ project }: { project: string }) {
  const t = useT();
  const { data } = useQuery({
    queryKey: ['incidents', project, 'summary'],
    queryFn: ({ signal }) =>
      call<IncidentSummary>('GET', '/incidents/summary', { query: { project }, signal }),
  });
  if (data === undefined || data.count === 0) return null;
  const means = [
    [t(messages.mttd), data.mttd],
    [t(messages.mtta), data.mtta],
    [t(messages.mttr), data.mttr],
  ] as const;
  return (
    <dl className="means">
      <div>
        <dt>{t(messages.month)}</dt>
        <dd>{data.count}</dd>
      </div>
      {means.map(([label, seconds]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{seconds === null ? '–' : <Duration seconds={seconds} />}</dd>
        </div>
      ))}
    </dl>
  );
}

const messages = defineMessages({
  title: { en: 'Incidents', fr: 'Incidents' },
  incident: { en: 'Incident', fr: 'Incident' },
  began: { en: 'Began', fr: 'Début' },
  acknowledged: { en: 'Taken up by', fr: 'Pris en charge par' },
  lasted: { en: 'Lasted', fr: 'Durée' },
  open: { en: 'open', fr: 'ouvert' },
  resolved: { en: 'resolved', fr: 'résolu' },
  stillOpen: { en: 'still open', fr: 'toujours ouvert' },
  nobody: { en: 'nobody', fr: 'personne' },
  alerts: {
    en: '{count, plural, one {one alert} other {# alerts}}',
    fr: '{count, plural, one {une alerte} other {# alertes}}',
  },
  month: { en: 'Incidents in 30 days', fr: 'Incidents en 30 jours' },
  mttd: { en: 'Mean time to detect', fr: 'Délai moyen de détection' },
  mtta: { en: 'Mean time to acknowledge', fr: 'Délai moyen de prise en charge' },
  mttr: { en: 'Mean time to resolve', fr: 'Délai moyen de résolution' },
  none: { en: 'No incident yet', fr: 'Aucun incident' },
  why: {
    en: 'A grave alert opens one. It keeps what happened, and how long it took.',
    fr: 'Une alerte grave en ouvre un. Il garde ce qui s’est passé, et le temps que cela a pris.',
  },
});
