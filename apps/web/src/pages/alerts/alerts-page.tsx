import './alerts.css';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Alert } from '@vigie/contract';
import { useMemo } from 'react';
import { ListEnd } from '../../api/list.tsx';
import { Button, buttonClass } from '../../components/button.tsx';
import { Card, Empty, Page } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { isOpen, useAcknowledge } from './acknowledge.ts';
import { AlertFilters } from './alert-filters.tsx';
import { useAlertKeys } from './alert-keys.ts';
import { AlertRow } from './alert-row.tsx';
import { SEVERITY_WORDS } from './alert-words.ts';
import { type AlertGroup, groupAlerts } from './grouping.ts';
import { useAlertSelection } from './selection.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useShownAlerts } from './shown-alerts.ts';

const route = getRouteApi('/shell/projects/$project/alerts');

/** What fires now, the gravest first; and what was. */
export function AlertsPage() {
  const t = useT();
  const project = useProject();
  const search = route.useSearch();
  const mayWrite = useMay('member');
  const acknowledge = useAcknowledge();
  const list = useShownAlerts(project.id, search);
  const grouping = search.group ?? 'severity';
  const groups = useMemo(() => groupAlerts(list.items, grouping), [list.items, grouping]);
  const inOrder = useMemo(() => groups.flatMap(({ alerts }) => alerts), [groups]);
  const selection = useAlertSelection(inOrder);
  const { chosen } = selection;
  const canSelect = mayWrite && inOrder.some(isOpen);
  useAlertKeys(inOrder, selection);
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
          actions={
            mayWrite &&
            group.alerts.filter(isOpen).length > 1 && (
              <Button
                look="quiet"
                icon="check"
                aria-label={t(messages.allOf, {
                  count: group.alerts.filter(isOpen).length,
                  group: titleOfGroup(group),
                })}
                onClick={() => acknowledge(group.alerts)}
              >
                {t(messages.all, { count: group.alerts.filter(isOpen).length })}
              </Button>
            )
          }
        >
          <ul className="lined-list">
            {group.alerts.map((alert) => (
              <li key={alert.id}>
                <AlertRow
                  alert={alert}
                  selected={chosen.includes(alert)}
                  {...(canSelect ? { onSelect: selection.turn } : {})}
                />
              </li>
            ))}
          </ul>
        </Card>
      ))}
      <ListEnd
        list={list}
        empty={
          <Empty icon="check" title={t(search.state === undefined ? messages.calm : messages.none)}>
            {search.state === undefined && <p>{t(messages.calmHint)}</p>}
          </Empty>
        }
      />
      <SelectionBar selection={selection} />
    </Page>
  );
}

const messages = defineMessages({
  title: { en: 'Alerts', fr: 'Alertes' },
  explain: { en: 'Why was nobody told?', fr: 'Pourquoi personne n’a été prévenu ?' },
  all: { en: 'Acknowledge all {count}', fr: 'Prendre en charge les {count}' },
  allOf: {
    en: 'Acknowledge all {count}: {group}',
    fr: 'Prendre en charge les {count} : {group}',
  },
  others: { en: 'Others', fr: 'Autres' },
  calm: { en: 'Nothing fires', fr: 'Aucune alerte' },
  calmHint: {
    en: 'What goes wrong appears here by itself.',
    fr: 'Ce qui ira mal apparaîtra ici de lui-même.',
  },
  none: { en: 'Nothing matches', fr: 'Rien ne correspond' },
});
