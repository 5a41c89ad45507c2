import './page.css';
import { type ReactNode, useEffect } from 'react';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { setPageTitle } from '../shell/title.ts';
import { Button } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';
import { failureText } from './toast.tsx';

interface PageProps {
  title: string;
  /** Above the title: where it belongs. */
  above?: ReactNode;
  /** Beside the title. */
  mark?: ReactNode;
  actions?: ReactNode;
  /** Below the title: tabs, filters. */
  below?: ReactNode;
  children: ReactNode;
}

/** A page of the shell: its title, what can be done, and the rest. */
export function Page({ title, above, mark, actions, below, children }: PageProps) {
  useEffect(() => setPageTitle(title), [title]);
  return (
    <>
      <header className="page-head">
        {above !== undefined && <div className="page-above">{above}</div>}
        <div className="page-title">
          {mark}
          <h1>{title}</h1>
          {actions !== undefined && <div className="page-actions">{actions}</div>}
        </div>
        {below}
      </header>
      <div className="page-body">{children}</div>
    </>
  );
}

interface CardProps {
  title?: string;
  /** Beside the title. */
  actions?: ReactNode;
  /** Its content reaches the edges, like a table's. */
  flush?: boolean;
  children: ReactNode;
}

/** A part of a page. */
export function Card({ title, actions, flush = false, children }: CardProps) {
  return (
    <section className={flush ? 'card card-flush' : 'card'} aria-label={title}>
      {title !== undefined && (
        <header className="card-head">
          <h2>{title}</h2>
          {actions}
        </header>
      )}
      {children}
    </section>
  );
}

/** What stands where there is nothing yet: why, and what to do. */
export function Empty({ icon, title, children }: { icon?: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      {icon !== undefined && <Icon name={icon} size={32} />}
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** Grey bars where text will be. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useT();
  return (
    <div className="skeleton" role="status">
      <span className="unseen">{t(messages.loading)}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars are all alike
        <span key={line} className="skeleton-bar" />
      ))}
    </div>
  );
}

/** What could not be fetched, why, and another try. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useT();
  return (
    <div className="problem" role="alert">
      <p>{failureText(error)}</p>
      {retry !== undefined && <Button onClick={retry}>{t(messages.retry)}</Button>}
    </div>
  );
}

const messages = defineMessages({
  loading: { en: 'Loading', fr: 'Chargement' },
  retry: { en: 'Try again', fr: 'Réessayer' },
});
