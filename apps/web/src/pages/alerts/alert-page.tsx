import './alerts.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { AlertStory } from '@vigie/contract';
import { useMemo } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Card, Page, Problem, Skeleton } from '../../components/page.tsx';
import { StateShape } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { type KeyMap, useKeys } from '../../shell/keys.ts';
import { useMay } from '../../shell/project.ts';
import { isOpen, useAcknowledge } from './acknowledge.ts';
import { AcknowledgeCard } from './acknowledge-card.tsx';
import { AlertFacts, AlertLabels } from './alert-facts.tsx';
import { lookOf, titleOf } from './alert-words.ts';
import { SilenceMenu } from './silence-menu.tsx';
import { Story } from './story.tsx';

const route = getRouteApi('/shell/projects/$project/alerts/$alert');

/** One alert, and everything that happened to it. */
export function AlertPage() {
  const t = useT();
  const { project, alert: id } = route.useParams();
  const mayWrite = useMay('member');
  const acknowledge = useAcknowledge();
  const { data, error, refetch } = useQuery({
    queryKey: ['alert', id, 'story'],
    queryFn: ({ signal }) => call<AlertStory>('GET', `/alerts/${id}/explain`, { signal }),
  });
  const alert = data?.alert;
  const mayAcknowledge = mayWrite && alert !== undefined && isOpen(alert);
  const keys = useMemo(
    (): KeyMap => (mayAcknowledge ? { a: () => acknowledge([alert]) } : {}),
    [mayAcknowledge, alert, acknowledge],
  );
  useKeys(keys);
  const above = (
    <Link to="/projects/$project/alerts" params={{ project }}>
      {t(messages.alerts)}
    </Link>
  );
  if (data === undefined || alert === undefined) {
    return (
      <Page title={t(messages.alert)} above={above}>
        {error === null ? <Skeleton lines={6} /> : <Problem error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page
      title={titleOf(alert)}
      above={above}
      mark={<StateShape look={lookOf(alert)} size={22} />}
      actions={
        mayWrite &&
        alert.state === 'firing' &&
        alert.silenced === null && (
          <SilenceMenu alert={alert} trigger={<Button icon="silence">{t(messages.silence)}</Button>} />
        )
      }
    >
      {alert.summary !== '' && (
        <p className="wrap-anywhere" dir="auto">
          {alert.summary}
        </p>
      )}
      {mayAcknowledge && <AcknowledgeCard alert={alert} />}
      <AlertFacts alert={alert} />
      <Card title={t(messages.story)}>
        <Story entries={data.story} cut={data.cut} />
      </Card>
      <AlertLabels alert={alert} />
    </Page>
  );
}

const messages = defineMessages({
  alerts: { en: 'Alerts', fr: 'Alertes' },
  alert: { en: 'Alert', fr: 'Alerte' },
  silence: { en: 'Silence', fr: 'Silence' },
  story: { en: 'What happened', fr: 'Ce qui s’est passé' },
});
