import type { AuditEntry } from '@vigie/contract';
import { Fragment } from 'react';
import { Duration, Instant } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { type Fact, factsOf } from './audit-facts.ts';
import { AuditName } from './audit-name.tsx';

type Names = AuditEntry['names'];

/** What was changed: short facts in words, the rest as the log holds it. */
export function AuditDetail({ entry: { detail, names } }: { entry: AuditEntry }) {
  const t = useT();
  const facts = factsOf(detail);
  if (facts === null) {
    return (
      <details>
        <summary className="small">{t(messages.show)}</summary>
        <pre className="audit-detail">{JSON.stringify(detail, null, 2)}</pre>
      </details>
    );
  }
  if (facts.length === 0) return null;
  return (
    <dl className="audit-facts small">
      {facts.map(([name, fact]) => (
        <div key={name}>
          <dt className="soft">{name}</dt>
          <dd className="wrap-anywhere">
            <FactValue fact={fact} names={names} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FactValue({ fact, names }: { fact: Fact; names: Names }) {
  switch (fact.as) {
    case 'instant':
      return <Instant at={fact.at} />;
    case 'duration':
      return <Duration seconds={fact.seconds} />;
    case 'ids':
      return fact.ids.map((id, place) => (
        <Fragment key={id}>
          {place > 0 && ', '}
          <AuditName id={id} names={names} />
        </Fragment>
      ));
    case 'text':
      return fact.text;
  }
}

const messages = defineMessages({
  show: { en: 'Show', fr: 'Afficher' },
});
