import '../../components/page-columns.css';
import './check.css';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { checkQuery } from '../../api/check-queries.ts';
import { ApiError } from '../../api/client.ts';
import { serviceOfCheckQuery } from '../../api/service-queries.ts';
import { buttonClass } from '../../components/button.tsx';
import { Empty, Page, Problem, Skeleton } from '../../components/page.tsx';
import { usePending } from '../../components/pending-changes.ts';
import { StatusMark } from '../../components/status.tsx';
import { useStatusNow } from '../../components/status-now.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { LostPage } from '../../shell/lost.tsx';
import { useProject } from '../../shell/project.ts';
import { Availability } from './availability.tsx';
import { CheckActions } from './check-actions.tsx';
import { DurationCard } from './duration-card.tsx';
import { FactsCard } from './facts-card.tsx';
import { FirstPing } from './first-ping.tsx';
import { HowToPing } from './how-to-ping.tsx';
import { PingPanel } from './ping-panel.tsx';
import { ReportedFor } from './reported-for.tsx';
import { RunHistory } from './run-history.tsx';
import { StateCard } from './state-card.tsx';
import { Timeline } from './timeline.tsx';

/** All about one check: what it is now and why, how it did, and how it is pinged. */
export function CheckPage() {
  const t = useT();
  const { check: id = '' } = useParams({ strict: false });
  const pending = usePending();
  const {
    data: check,
    error,
    refetch,
  } = useQuery({
    ...checkQuery(id),
    // What was just removed here is not there to be asked for.
    enabled: ({ state: { data } }) => data === undefined || pending(data) !== null,
  });
  const shown = check === undefined ? undefined : pending(check);
  const isGone = error instanceof ApiError && error.status === 404;
  if (shown === null || (isGone && check !== undefined)) return <RemovedCheck />;
  if (shown !== undefined) return <CheckBody key={shown.id} check={shown} />;
  if (isGone) return <LostPage />;
  return (
    <Page title={t(messages.check)}>
      {error === null ? <Skeleton lines={8} /> : <Problem error={error} retry={() => void refetch()} />}
    </Page>
  );
}

/** Somebody deleted it while it was looked at; who did it here can take it back for a moment. */
function RemovedCheck() {
  const t = useT();
  const project = useProject();
  return (
    <Page title={t(messages.removed)}>
      <Empty icon="trash" title={t(messages.removed)}>
        <Link to="/projects/$project/checks" params={{ project: project.id }} className={buttonClass()}>
          {t(messages.toList)}
        </Link>
      </Empty>
    </Page>
  );
}

function CheckBody({ check: known }: { check: Check }) {
  const t = useT();
  const check = { ...known, status: useStatusNow(known) };
  const project = useProject();
  const { first = false } = useSearch({ strict: false });
  const asService = useQuery(serviceOfCheckQuery(project.id, check.id));
  // Whatever cannot be known of a service hides nothing of a check.
  const service = asService.isError ? null : asService.data;
  const title = check.name || check.slug || t(messages.nameless);
  return (
    <Page
      title={title}
      above={
        <Link to="/projects/$project/checks" params={{ project: project.id }}>
          {t(messages.checks)}
        </Link>
      }
      mark={<StatusMark status={check.status} started={check.started} />}
      actions={<CheckActions check={check} title={title} isPinged={service === null} />}
    >
      {service === null && (first || check.n_pings === 0) && <FirstPing check={check} />}
      <div className="page-columns">
        <div className="page-main">
          <StateCard check={check} service={service} />
          <RunHistory check={check} />
          <Availability check={check} />
          <DurationCard check={check} />
          <Timeline check={check} isPinged={service === undefined || service === null} />
        </div>
        <div className="page-side">
          {service !== undefined && service !== null && <ReportedFor service={service} />}
          <FactsCard check={check} />
          {service === null && <HowToPing check={check} />}
        </div>
      </div>
      <PingPanel check={check} />
    </Page>
  );
}

const messages = defineMessages({
  check: { en: 'Check', fr: 'Contrôle' },
  checks: { en: 'Checks', fr: 'Contrôles' },
  removed: { en: 'This check is deleted', fr: 'Ce contrôle est supprimé' },
  toList: { en: 'To the checks', fr: 'Vers les contrôles' },
  nameless: { en: 'Check without a name', fr: 'Contrôle sans nom' },
});
