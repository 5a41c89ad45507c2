/** What is good to know: what flipped, what never pinged, that all is well. */
import type { Check, Flip, Summary } from '@vigie/contract';
import { nameOf } from '../../components/check-actions.ts';
import { Icon } from '../../components/icon.tsx';
import { Card } from '../../components/page.tsx';
import { LOOK_OF, readStatus } from '../../components/status.tsx';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { flipWord } from './flip-words.ts';
import { MoreLink } from './more-link.tsx';
import { NowRow } from './now-row.tsx';

/** Rows of new checks. */
const ROWS = 5;

interface WellCardProps {
  counts: Summary['checks'];
  /** The last one of the last day. */
  flip: Flip | undefined;
}

export function WellCard({ counts, flip }: WellCardProps) {
  const t = useT();
  return (
    <section className="card now-well" aria-label={t(messages.well)}>
      <span className="now-well-mark">
        <Icon name="check" size={28} />
      </span>
      <div>
        <h2>{t(messages.well)}</h2>
        <p className="soft">
          {t(messages.counts, { up: counts.up, paused: counts.paused, unheard: counts.new })}
        </p>
        <p className="soft">
          {flip === undefined ? (
            t(messages.noFlip)
          ) : (
            <>
              {t(messages.last, { name: flip.check_name || flip.check, word: t(flipWord(flip)) })}{' '}
              <Ago at={flip.at} />
            </>
          )}
        </p>
      </div>
    </section>
  );
}

export function FlipsCard({ project, flips }: { project: string; flips: readonly Flip[] }) {
  const t = useT();
  return (
    <Card title={t(messages.flips)} flush>
      <ul className="now-list now-small">
        {flips.map((flip) => (
          <NowRow
            key={flip.id}
            look={LOOK_OF[readStatus(flip.to) ?? 'new']}
            word={t(flipWord(flip))}
            project={project}
            check={{ id: flip.check, name: flip.check_name || flip.check }}
            when={<Ago at={flip.at} />}
          />
        ))}
      </ul>
    </Card>
  );
}

interface UnheardCardProps {
  project: string;
  checks: readonly Check[];
  count: number;
}

export function UnheardCard({ project, checks, count }: UnheardCardProps) {
  const t = useT();
  return (
    <Card title={t(messages.unheard)} flush>
      <ul className="now-list now-small">
        {checks.slice(0, ROWS).map((check) => (
          <NowRow
            key={check.id}
            look="pending"
            word={t(messages.unheard)}
            project={project}
            check={{ id: check.id, name: nameOf(check) }}
            when={
              <>
                {t(messages.made)} <Ago at={check.created_at} />
              </>
            }
          />
        ))}
      </ul>
      <MoreLink project={project} status="new" count={count - ROWS} />
    </Card>
  );
}

const messages = defineMessages({
  well: { en: 'All is well', fr: 'Tout va bien' },
  counts: {
    en: '{up, plural, one {# check is up} other {# checks are up}}{paused, plural, =0 {} other {, # paused}}{unheard, plural, =0 {} other {, # new}}',
    fr: '{up, plural, one {# contrôle en marche} other {# contrôles en marche}}{paused, plural, =0 {} other {, # en pause}}{unheard, plural, =0 {} one {, # nouveau} other {, # nouveaux}}',
  },
  noFlip: { en: 'Nothing flipped in the last 24 hours.', fr: 'Rien n’a basculé ces dernières 24 heures.' },
  last: { en: 'Last flip: {name} {word}', fr: 'Dernière bascule : {name} {word}' },
  flips: { en: 'Flipped in the last 24 hours', fr: 'Bascules des dernières 24 heures' },
  unheard: { en: 'Never pinged', fr: 'Jamais de ping' },
  made: { en: 'made', fr: 'créé' },
});
