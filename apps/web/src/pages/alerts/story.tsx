import type { StoryEntry } from '@vigie/contract';
import { Instant } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** What happened, in order of time, each in a sentence of the server's. */
export function Story({ entries, cut }: { entries: readonly StoryEntry[]; cut: boolean }) {
  const t = useT();
  return (
    <>
      <ol className="story">
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the past stays in its order
          <li key={index}>
            <span className="small soft">
              <Instant at={entry.at} />
            </span>
            <div className="wrap-anywhere">
              <p dir="auto">{entry.text}</p>
              {Object.keys(entry.detail).length > 0 && (
                <details className="small">
                  <summary className="soft">{t(messages.detail)}</summary>
                  <pre>{JSON.stringify(entry.detail, null, 2)}</pre>
                </details>
              )}
            </div>
          </li>
        ))}
      </ol>
      {cut && <p className="soft">{t(messages.cut)}</p>}
    </>
  );
}

const messages = defineMessages({
  detail: { en: 'Detail', fr: 'Détail' },
  cut: { en: 'There is more than is shown.', fr: 'Tout n’est pas affiché.' },
});
