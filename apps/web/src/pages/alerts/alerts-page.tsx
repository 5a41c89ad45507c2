import './alerts.css';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Alert } from '@vigie/contract';
import { useMemo, useState } from 'react';
import { ListEnd, useList } from '../../api/list.tsx';
import { buttonClass } from '../../components/button.tsx';
import { Card, Empty, Page } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useKeys } from '../../shell/keys.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { useAlertActions } from './alert-actions.ts';
import { AlertFilters } from './alert-filters.tsx';
import { AlertRow } from './alert-row.tsx';
import { SEVERITY_WORDS } from './alert-words.ts';
import { type AlertGroup, groupAlerts } from './grouping.ts';
import { queryOf } from './search.ts';

const route = getRouteApi('/shell/projects/$project/alerts');

/** What fires now, the gravest first; and what was. */
export function AlertsPage() {
  const t = useT();
  const project = useProject();
  const search = route.useSearch();
  const list = useList<Alert>(['alerts', project.id], '/alerts', { project: project.id, ...queryOf(search) });
  const grouping = search.group ?? 'severity';
  const groups = useMemo(() => groupAlerts(list.items, grouping), [list.items, grouping]);
  const inOrder = groups.flatMap(({ alerts }) => alerts);
  const current = useChoice(inOrder);
  const titleOfGroup = ({ key }: AlertGroup): string => {
    if (grouping === 'severity') return t(SEVERITY_WORDS[key as Alert['severity']]);
    return key === '' ? t(messages.others) : key;
  };
  return (
    <Page
      title={t(messages.title)}
      actions={
        <Link
          to="/projects/$project/alerts/explain"
          params={{ project: project.id }}
          search={{ hours: 24 }}
          className={buttonClass()}
        >
          {t(messages.explain)}
        </Link>
      }
      below={<AlertFilters search={search} environments={project.environments} />}
    >
      {groups.map((group) => (
        <Card
          key={group.key}
          flush
          {...(grouping === 'none' ? {} : { title: `${titleOfGroup(group)} (${group.alerts.length})` })}
        >
          <ul className="lined-list">
            {group.alerts.map((alert) => (
              <li key={alert.id}>
                <AlertRow alert={alert} current={alert.id === current} />
              </li>
            ))}
          </ul>
        </Card>
      ))}
      {!list.isPending && list.error === null && list.items.length === 0 && (
        <Empty icon="check" title={t(search.state === undefined ? messages.calm : messages.none)}>
          {search.state === undefined && <p>{t(messages.calmHint)}</p>}
        </Empty>
      )}
      <ListEnd list={list} />
    </Page>
  );
}

/** The alert that keys act upon: `j` and `k` move, Enter opens, `a` acknowledges. */
function useChoice(alerts: readonly Alert[]): string | null {
  const navigate = route.useNavigate();
  const mayWrite = useMay('member');
  const { acknowledge } = useAlertActions();
  const [chosen, setChosen] = useState<string | null>(null);
  const at = alerts.findIndex(({ id }) => id === chosen);
  const keys = useMemo(() => {
    const choose = (index: number): void => {
      const next = alerts[Math.max(0, Math.min(index, alerts.length - 1))];
      if (next === undefined) return;
      setChosen(next.id);
      document.querySelector(`[data-alert="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: 'nearest' });
    };
    const alert = alerts[at];
    return {
      j: () => choose(at + 1),
      k: () => choose(at - 1),
      ...(alert === undefined
        ? {}
        : {
            Enter: () =>
              void navigate({
                to: '/projects/$project/alerts/$alert',
                params: { project: alert.project, alert: alert.id },
              }),
            ...(mayWrite ? { a: () => acknowledge([alert]) } : {}),
          }),
    };
  }, [alerts, at, navigate, acknowledge, mayWrite]);
  useKeys(keys);
  return at < 0 ? null : chosen;
}

const messages = defineMessages({
  title: { en: 'Alerts', fr: 'Alertes' },
  explain: { en: 'Why was nobody told?', fr: 'Pourquoi personne n’a été prévenu ?' },
  others: { en: 'Others', fr: 'Autres' },
  calm: { en: 'Nothing fires', fr: 'Aucune alerte' },
  calmHint: {
    en: 'What goes wrong appears here by itself.',
    fr: 'Ce qui ira mal apparaîtra ici de lui-même.',
  },
  none: { en: 'Nothing matches', fr: 'Rien ne correspond' },
});
