import { type QueryKey, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ApiError, call } from '../../api/client.ts';
import { Page, Problem, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { LostPage } from '../../shell/lost.tsx';

interface LinkedProps {
  queryKey: QueryKey;
  /** Where the API tells about it. */
  path: string;
  /** The address of its page. */
  pageOf(thing: { id: string; project: string }): string;
}

/** Looks up which project a thing belongs to, and goes on to its page there. */
export function Linked({ queryKey, path, pageOf }: LinkedProps) {
  const t = useT();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call<{ id: string; project: string }>('GET', path, { signal }),
  });
  const href = data === undefined ? null : pageOf(data);
  useEffect(() => {
    if (href !== null) void navigate({ href, replace: true });
  }, [href, navigate]);
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) return <LostPage />;
  return (
    <Page title={t(messages.opening)}>
      {error === null ? <Skeleton /> : <Problem error={error} retry={() => void refetch()} />}
    </Page>
  );
}

const messages = defineMessages({
  opening: { en: 'Opening', fr: 'Ouverture' },
});
