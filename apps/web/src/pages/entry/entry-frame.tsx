import './entry.css';
import { useQuery } from '@tanstack/react-query';
import type { Entry } from '@vigie/contract';
import { type ReactNode, useEffect } from 'react';
import { BASE_PATH } from '../../api/base-path.ts';
import { call } from '../../api/client.ts';
import { setPageTitle } from '../../shell/title.ts';

/** What the ways in need to know before anybody is signed in. */
export function useEntry(): Entry | undefined {
  const { data } = useQuery({
    queryKey: ['entry'],
    queryFn: ({ signal }) => call<Entry>('GET', '/entry', { signal }),
  });
  return data;
}

/** A page for who is not signed in yet. */
export function EntryFrame({
  title,
  wide = false,
  children,
}: {
  title: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const entry = useEntry();
  useEffect(() => setPageTitle(title), [title]);
  return (
    <main className="entry">
      <p className="entry-brand">
        <img src={`${BASE_PATH}/icon.svg`} alt="" width="36" height="36" />
        {entry?.site_name ?? 'Vigie'}
      </p>
      <section className={wide ? 'entry-card entry-wide' : 'entry-card'}>
        <h1>{title}</h1>
        {children}
      </section>
    </main>
  );
}
