import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Alert, Check, Page } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { Icon } from '../../components/icon.tsx';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';

/** Alerts shown at most: those of its status and of its runs. */
const SHOWN = 5;

/** What fires about a check now, and whether anybody knows. */
export function AlertLine({ check }: { check: Check }) {
  const t = useT();
  const project = useProject();
  const { data } = useQuery({
    queryKey: ['alerts', project.id, 'check', check.id],
    queryFn: ({ signal }) =>
      call<Page<Alert>>('GET', '/alerts', {
        query: { project: project.id, check: check.id, state: 'firing', limit: SHOWN },
        signal,
      }),
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <ul className="check-alerts">
      {data.items.map((alert) => (
        <li key={alert.id}>
          <Icon name="alerts" size={16} />
          <Link to="/projects/$project/alerts/$alert" params={{ project: project.id, alert: alert.id }}>
            {alert.name}
          </Link>
          <span>
            <KnownBy alert={alert} />
          </span>
          {alert.held.map(({ by, id, text, until }) => (
            <span key={`${by} ${id}`} className="soft">
              {t(HELD[by], { text })} <Ago at={until} />
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function KnownBy({ alert }: { alert: Alert }) {
  const t = useT();
  if (alert.acknowledged !== null) {
    return (
      <>
        {t(messages.acknowledged, { by: alert.acknowledged.by })} <Ago at={alert.acknowledged.at} />
      </>
    );
  }
  if (alert.notified_at !== null) {
    return (
      <>
        {t(messages.told)} <Ago at={alert.notified_at} />
      </>
    );
  }
  return t(alert.untold ? messages.untold : messages.waiting);
}

const messages = defineMessages({
  acknowledged: { en: 'acknowledged by {by}', fr: 'pris en charge par {by}' },
  told: { en: 'announced', fr: 'annoncée' },
  untold: {
    en: 'nobody was told: no channel took it',
    fr: 'personne n’a été prévenu : aucun canal ne l’a pris',
  },
  waiting: { en: 'nobody was told yet', fr: 'personne n’est encore prévenu' },
});

const HELD: Record<Alert['held'][number]['by'], Message> = defineMessages({
  silence: {
    en: 'Held by the silence “{text}”; looked at again',
    fr: 'Retenu par le silence « {text} » ; revu',
  },
  maintenance: {
    en: 'Held by the maintenance “{text}”; looked at again',
    fr: 'Retenu par la maintenance « {text} » ; revu',
  },
  dependency: {
    en: 'Held while “{text}” is down; looked at again',
    fr: 'Retenu tant que « {text} » est en panne ; revu',
  },
  flapping: { en: 'Held because it flaps; looked at again', fr: 'Retenu car il oscille ; revu' },
});
