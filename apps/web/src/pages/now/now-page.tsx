import './now.css';
import type { Summary } from '@vigie/contract';
import { lazy, Suspense } from 'react';
import { Page, Problem, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { FiringCard } from './firing-card.tsx';
import { useCounts, useFiring, useFlips, useMessages, useNow, useRunsOf } from './now-data.ts';
import { FlipsCard, UnheardCard, WellCard } from './quiet-cards.tsx';
import { useRowKeys } from './row-keys.ts';
import { Tiles } from './tiles.tsx';
import { useUnwell } from './unwell.ts';
import { DownCard, LateCard, LongCard } from './unwell-cards.tsx';
import { whatHurts } from './what-hurts.ts';

const FirstCheck = lazy(async () => ({
  default: (await import('../check-editor/first-check.tsx')).FirstCheck,
}));

/** Milliseconds after which it is looked whether a run takes too long by now. */
const LOOK = 15_000;

/** What somebody on call wants to know first. */
export function NowPage() {
  const t = useT();
  const { id: project, name } = useProject();
  const counts = useCounts(project);
  return (
    <Page title={t(messages.title)} above={name}>
      {counts.data === undefined && counts.error !== null && (
        <Problem error={counts.error} retry={() => void counts.refetch()} />
      )}
      {counts.data === undefined && counts.error === null && <Skeleton lines={6} />}
      {counts.data?.checks.total === 0 && counts.data.alerts.firing > 0 && (
        <FiringCard project={project} count={counts.data.alerts.firing} />
      )}
      {counts.data?.checks.total === 0 && (
        <Suspense fallback={<Skeleton lines={6} />}>
          <FirstCheck />
        </Suspense>
      )}
      {counts.data !== undefined && counts.data.checks.total > 0 && (
        <Overview
          key={project}
          project={project}
          counts={counts.data.checks}
          firing={counts.data.alerts.firing}
        />
      )}
    </Page>
  );
}

interface OverviewProps {
  project: string;
  counts: Summary['checks'];
  /** Alerts that fire, of checks or posted by others. */
  firing: number;
}

function Overview({ project, counts, firing }: OverviewProps) {
  useRowKeys();
  const now = useNow(LOOK);
  const { checks, error, refetch } = useUnwell(project, counts);
  const runs = useRunsOf(project, checks ?? []);
  const flips = useFlips(project).data?.items ?? [];
  const { down, late, long, unheard } = whatHurts(checks ?? [], runs, now);
  const alerts = useFiring(project, counts.down > 0 || down.length > 0);
  const deliveries = useMessages(project, down.length > 0);
  const isWell = down.length + late.length + long.length === 0;
  if (checks === undefined) {
    return error === null ? <Skeleton lines={6} /> : <Problem error={error} retry={refetch} />;
  }
  return (
    <>
      <Tiles project={project} counts={counts} />
      <div className="now-columns">
        <div className="stack">
          {isWell && firing > 0 && <FiringCard project={project} count={firing} />}
          {isWell && firing === 0 && <WellCard counts={counts} flip={flips[0]} />}
          {down.length > 0 && (
            <DownCard
              project={project}
              checks={down}
              count={counts.down}
              alerts={alerts}
              deliveries={deliveries}
            />
          )}
          {late.length > 0 && <LateCard project={project} checks={late} count={counts.grace} />}
          {long.length > 0 && <LongCard project={project} runs={long} />}
        </div>
        <div className="stack">
          {flips.length > 0 && <FlipsCard project={project} flips={flips} />}
          {unheard.length > 0 && <UnheardCard project={project} checks={unheard} count={counts.new} />}
        </div>
      </div>
    </>
  );
}

const messages = defineMessages({
  title: { en: 'Now', fr: 'Maintenant' },
});
