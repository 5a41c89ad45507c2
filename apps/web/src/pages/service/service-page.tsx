import '../../components/page-columns.css';
import './service.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ProbeRunView, Service } from '@vigie/contract';
import { useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { serviceQuery } from '../../api/service-queries.ts';
import { buttonClass } from '../../components/button.tsx';
import { nameOf } from '../../components/check-actions.ts';
import { Empty, Page, Problem, Skeleton } from '../../components/page.tsx';
import { usePendingVerbs } from '../../components/pending-changes.ts';
import { ServiceMark } from '../../components/service-state.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { LostPage } from '../../shell/lost.tsx';
import { useProject } from '../../shell/project.ts';
import { pendingService } from '../services/pending-service.ts';
import { DependencyCard } from './dependency-card.tsx';
import { DetailsCard } from './details-card.tsx';
import { FactsCard } from './facts-card.tsx';
import { LatencyCard } from './latency-card.tsx';
import { MeasurementsCard } from './measurements-card.tsx';
import { ProbedCard } from './probed-card.tsx';
import { RunCard } from './run-card.tsx';
import { ServiceActions } from './service-actions.tsx';
import { StateCard } from './state-card.tsx';

/** All about one service: how it is and why, what was measured, what it depends on. */
export function ServicePage() {
  const t = useT();
  const { service: id = '' } = useParams({ strict: false });
  const verbsOf = usePendingVerbs();
  const verbs = verbsOf(id);
  const { data, error, refetch } = useQuery({
    ...serviceQuery(id),
    // What was just removed here is not there to be asked for.
    enabled: !verbs.includes('remove'),
  });
  const shown = data === undefined ? undefined : pendingService(data, verbs);
  const isGone = error instanceof ApiError && error.status === 404;
  if (shown === null || (isGone && data !== undefined)) return <RemovedService />;
  if (shown !== undefined) return <ServiceBody key={shown.id} service={shown} />;
  if (isGone) return <LostPage />;
  return (
    <Page title={t(messages.service)}>
      {error === null ? <Skeleton lines={8} /> : <Problem error={error} retry={() => void refetch()} />}
    </Page>
  );
}

/** Somebody deleted it while it was looked at; who did it here can take it back for a moment. */
function RemovedService() {
  const t = useT();
  const { id: project } = useProject();
  return (
    <Page title={t(messages.removed)}>
      <Empty icon="trash" title={t(messages.removed)}>
        <Link to="/projects/$project/services" params={{ project }} className={buttonClass()}>
          {t(messages.toList)}
        </Link>
      </Empty>
    </Page>
  );
}

function ServiceBody({ service }: { service: Service }) {
  const t = useT();
  const { id: project } = useProject();
  const [probed, setProbed] = useState<ProbeRunView | null>(null);
  return (
    <Page
      title={nameOf(service)}
      above={
        <Link to="/projects/$project/services" params={{ project }}>
          {t(messages.services)}
        </Link>
      }
      mark={<ServiceMark state={service.state} />}
      actions={<ServiceActions service={service} onProbed={setProbed} />}
    >
      <div className="probed" aria-live="polite">
        {probed !== null && <ProbedCard run={probed} onClose={() => setProbed(null)} />}
      </div>
      <div className="page-columns">
        <div className="page-main">
          <StateCard service={service} />
          <LatencyCard service={service} />
          <RunCard service={service} />
          <MeasurementsCard service={service} />
        </div>
        <div className="page-side">
          <FactsCard service={service} />
          <DependencyCard service={service} />
          <DetailsCard service={service} />
        </div>
      </div>
    </Page>
  );
}

const messages = defineMessages({
  service: { en: 'Service', fr: 'Service' },
  services: { en: 'Services', fr: 'Services' },
  removed: { en: 'This service is deleted', fr: 'Ce service est supprimé' },
  toList: { en: 'To the services', fr: 'Vers les services' },
});
