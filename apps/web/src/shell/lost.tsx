import { Link } from '@tanstack/react-router';
import { Button, buttonClass } from '../components/button.tsx';
import { Empty, Page, Problem } from '../components/page.tsx';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';

/** An address at which nothing is. */
export function LostPage() {
  const t = useT();
  return (
    <Page title={t(messages.nothing)}>
      <Empty icon="search" title={t(messages.maybe)}>
        <Link to="/" className={buttonClass('primary')}>
          {t(messages.home)}
        </Link>
      </Empty>
    </Page>
  );
}

/** A page that broke; the rest goes on. */
export function FailedPage({ error, reset }: { error: unknown; reset(): void }) {
  const t = useT();
  return (
    <Page title={t(messages.broken)}>
      <Problem error={error} retry={reset} />
      <div className="row">
        <Button onClick={() => window.location.reload()}>{t(messages.reload)}</Button>
      </div>
    </Page>
  );
}

/** The same outside of the frame, which has the page's `main` otherwise. */
export function LostOutside() {
  return (
    <main className="frame-main">
      <LostPage />
    </main>
  );
}

const messages = defineMessages({
  broken: { en: 'This page failed', fr: 'Cette page a échoué' },
  nothing: { en: 'Nothing is here', fr: 'Il n’y a rien ici' },
  maybe: {
    en: 'It was deleted, or you are not a member of its project.',
    fr: 'C’est supprimé, ou vous n’êtes pas membre de son projet.',
  },
  home: { en: 'To the start', fr: 'Vers l’accueil' },
  reload: { en: 'Load the page again', fr: 'Recharger la page' },
});
