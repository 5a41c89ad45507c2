import { Link } from '@tanstack/react-router';
import { StateShape } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Says that alerts fire though no check is down, as those that others post; leads to them. */
export function FiringCard({ project, count }: { project: string; count: number }) {
  const t = useT();
  return (
    <section className="card now-well" aria-label={t(messages.firing, { count })}>
      <StateShape look="down" size={28} />
      <div>
        <h2>{t(messages.firing, { count })}</h2>
        <p>
          <Link to="/projects/$project/alerts" params={{ project }}>
            {t(messages.see)}
          </Link>
        </p>
      </div>
    </section>
  );
}

const messages = defineMessages({
  firing: {
    en: '{count, plural, one {An alert fires} other {# alerts fire}}',
    fr: '{count, plural, one {Une alerte est active} other {# alertes sont actives}}',
  },
  see: { en: 'To the alerts', fr: 'Vers les alertes' },
});
