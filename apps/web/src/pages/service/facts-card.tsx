import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Service } from '@vigie/contract';
import { probeKindsQuery } from '../../api/service-queries.ts';
import { Fact } from '../../components/fact.tsx';
import { useKindName } from '../../components/kind-name.ts';
import { Card } from '../../components/page.tsx';
import { Duration } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { tierText } from '../services/tier-words.ts';

/** How a service is looked at, and the check that it reports to. */
export function FactsCard({ service }: { service: Service }) {
  const t = useT();
  const { id: project } = useProject();
  const { data: kinds } = useQuery(probeKindsQuery);
  const nameOf = useKindName();
  const kind = kinds?.find((one) => one.kind === service.kind);
  return (
    <Card title={t(messages.title)}>
      <dl className="facts facts-narrow">
        <Fact name={t(messages.kind)}>{kind === undefined ? service.kind : nameOf(kind)}</Fact>
        <Fact name={t(messages.instance)}>
          {service.instance === null ? t(messages.invalid) : <code>{service.instance}</code>}
        </Fact>
        <Fact name={t(messages.tier)}>{tierText(service.tier, t)}</Fact>
        <Fact name={t(messages.pace)}>
          <Duration seconds={service.interval} />
        </Fact>
        <Fact name={t(messages.timeout)}>
          <Duration seconds={service.timeout} />
        </Fact>
        <Fact name={t(messages.grace)}>
          <Duration seconds={service.grace} />
        </Fact>
        <Fact name={t(messages.failures)}>{t(messages.runs, { count: service.failures })}</Fact>
        <Fact name={t(messages.environment)}>{service.environment}</Fact>
      </dl>
      <p>
        <Link to="/projects/$project/checks/$check" params={{ project, check: service.id }}>
          {t(messages.check)}
        </Link>
        <span className="soft small facts-note">{t(messages.checkHint)}</span>
      </p>
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'How it is looked at', fr: 'Comment il est sondé' },
  kind: { en: 'Kind', fr: 'Type' },
  instance: { en: 'Where', fr: 'Où' },
  invalid: {
    en: 'its settings are not valid: edit it',
    fr: 'ses réglages ne sont pas valides : à modifier',
  },
  tier: { en: 'Tier', fr: 'Niveau' },
  pace: { en: 'Every', fr: 'Toutes les' },
  timeout: { en: 'A run may take', fr: 'Un passage peut durer' },
  grace: { en: 'Down when nothing reports for', fr: 'En panne si rien n’arrive pendant' },
  failures: { en: 'Counts as down after', fr: 'Compte comme panne après' },
  runs: {
    en: '{count, plural, one {one failed run} other {# failed runs in a row}}',
    fr: '{count, plural, one {un échec} other {# échecs de suite}}',
  },
  environment: { en: 'Environment', fr: 'Environnement' },
  check: { en: 'Its check', fr: 'Son contrôle' },
  checkHint: {
    en: 'Runs, time line, messages and availability are there.',
    fr: 'Passages, chronologie, messages et disponibilité s’y trouvent.',
  },
});
