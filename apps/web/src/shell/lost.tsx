import { Link } from '@tanstack/react-router';
import { Button, buttonClass } from '../components/button.tsx';
import { Empty, Problem } from '../components/page.tsx';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';

/** An address at which nothing is. */
export function LostPage() {
  const t = useT();
  return (
    <main>
      <Empty icon="search" title={t(messages.nothing)}>
        <p>{t(messages.maybe)}</p>
        <Link to="/" className={buttonClass('primary')}>
          {t(messages.home)}
        </Link>
      </Empty>
    </main>
  );
}

/** A page that broke; the rest goes on. */
export function FailedPage({ error, reset }: { error: unknown; reset(): void }) {
  const t = useT();
  return (
    <main className="stack">
      <Problem error={error} retry={reset} />
      <Button onClick={() => window.location.reload()}>{t(messages.reload)}</Button>
    </main>
  );
}

const messages = defineMessages({
  nothing: { en: 'Nothing is here', fr: 'Il n’y a rien ici' },
  maybe: {
    en: 'It was deleted, or you are not a member of its project.',
    fr: 'C’est supprimé, ou vous n’êtes pas membre de son projet.',
  },
  home: { en: 'To the start', fr: 'Vers l’accueil' },
  reload: { en: 'Load the page again', fr: 'Recharger la page' },
});
