import './entry.css';
import { type ReactNode, useEffect } from 'react';
import { BASE_PATH } from '../../api/base-path.ts';
import { useEntry } from '../../api/entry.ts';
import { setPageTitle } from '../../shell/title.ts';

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
