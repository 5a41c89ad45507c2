import type { Service } from '@vigie/contract';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { RunPhases } from './run-phases.tsx';

/** Where the time of the last run went. */
export function RunCard({ service: { last_run: run } }: { service: Service }) {
  const t = useT();
  if (run === null || run.phases.length === 0) return null;
  return (
    <Card title={t(messages.title)}>
      <RunPhases run={run} />
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Phases of the last run', fr: 'Étapes du dernier passage' },
});
