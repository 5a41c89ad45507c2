import type { Service } from '@vigie/contract';
import { Fact } from '../../components/fact.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** What the kind tells beside numbers: versions, names, lists. */
export function DetailsCard({ service: { last_run: run } }: { service: Service }) {
  const t = useT();
  const details = Object.entries(run?.details ?? {});
  if (details.length === 0) return null;
  return (
    <Card title={t(messages.title)}>
      <dl className="facts facts-narrow">
        {details.map(([key, value]) => (
          <Fact key={key} name={key.replaceAll('_', ' ')}>
            <DetailValue value={value} />
          </Fact>
        ))}
      </dl>
    </Card>
  );
}

/** Plain values as text, lists of them as a list, all else as it is. */
function DetailValue({ value }: { value: unknown }) {
  const t = useT();
  if (value === null) return <span className="soft">{t(messages.unknown)}</span>;
  if (typeof value === 'boolean') return t(value ? messages.yes : messages.no);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) {
    return value.length === 0 ? <span className="soft">{t(messages.none)}</span> : value.join(', ');
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre className="detail-json" tabIndex={0}>
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}

const messages = defineMessages({
  title: { en: 'What it told', fr: 'Ce qu’il a dit' },
  unknown: { en: 'not known', fr: 'inconnu' },
  yes: { en: 'yes', fr: 'oui' },
  no: { en: 'no', fr: 'non' },
  none: { en: 'none', fr: 'aucun' },
});
