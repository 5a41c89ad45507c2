import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Characters up to which a detail stands in its row; longer ones are opened. */
const SHORT = 100;

/** What was changed: short facts as they are, the rest as the log holds it. */
export function AuditDetail({ detail }: { detail: Readonly<Record<string, unknown>> }) {
  const t = useT();
  const facts = Object.entries(detail);
  if (facts.length === 0) return null;
  const isPlain = facts.every(([, value]) => typeof value !== 'object' || value === null);
  if (isPlain && JSON.stringify(detail).length <= SHORT) {
    return (
      <dl className="audit-facts small">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="soft">{name}</dt>
            <dd className="wrap-anywhere">{String(value)}</dd>
          </div>
        ))}
      </dl>
    );
  }
  return (
    <details>
      <summary className="small">{t(messages.show)}</summary>
      <pre className="audit-detail">{JSON.stringify(detail, null, 2)}</pre>
    </details>
  );
}

const messages = defineMessages({
  show: { en: 'Show', fr: 'Afficher' },
});
