import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { Channel, Page as PageOf } from '@vigie/contract';
import { lazy, Suspense, useMemo } from 'react';
import { call } from '../../api/client.ts';
import { summaryQuery } from '../../api/summary.ts';
import { buttonClass } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { ChecksList } from './checks-list.tsx';
import { type ChecksSearch, readSearch } from './search.ts';

const FirstCheck = lazy(async () => ({
  default: (await import('../check-editor/first-check.tsx')).FirstCheck,
}));

/** All checks of a project. */
export function ChecksPage() {
  const t = useT();
  const { id: project } = useProject();
  const mayChange = useMay('member');
  const { data: summary } = useQuery(summaryQuery(project));
  const { data: channels } = useQuery(channelsQuery(project));
  const [search, setSearch] = useChecksSearch(project);
  const isEmpty = summary?.checks.total === 0;
  return (
    <Page
      title={t(messages.title)}
      actions={
        mayChange && (
          <Link to="/projects/$project/checks/new" params={{ project }} className={buttonClass('primary')}>
            <Icon name="plus" />
            {t(messages.create)}
          </Link>
        )
      }
    >
      {isEmpty ? (
        <Suspense fallback={<Skeleton />}>
          <FirstCheck />
        </Suspense>
      ) : (
        <ChecksList key={project} search={search} onSearch={setSearch} channels={channels?.items ?? []} />
      )}
    </Page>
  );
}

function channelsQuery(project: string) {
  return {
    queryKey: ['channels', project, 'names'],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      call<PageOf<Channel>>('GET', '/channels', { query: { project, limit: 500 }, signal }),
  };
}

/** What the address says, the same object while it says the same, and what changes it. */
function useChecksSearch(project: string): [ChecksSearch, (search: ChecksSearch) => void] {
  const navigate = useNavigate();
  const said = JSON.stringify(readSearch({ ...useSearch({ strict: false }) }));
  const search = useMemo(() => JSON.parse(said) as ChecksSearch, [said]);
  const setSearch = (next: ChecksSearch): void =>
    void navigate({
      to: '/projects/$project/checks',
      params: { project },
      search: next,
      replace: true,
      resetScroll: false,
    });
  return [search, setSearch];
}

const messages = defineMessages({
  title: { en: 'Checks', fr: 'Contrôles' },
  create: { en: 'New check', fr: 'Nouveau contrôle' },
});
