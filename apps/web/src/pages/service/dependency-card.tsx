import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Check, Service } from '@vigie/contract';
import { checkQuery } from '../../api/check-queries.ts';
import { nameOf } from '../../components/check-actions.ts';
import { Card, Skeleton } from '../../components/page.tsx';
import { ServiceMark } from '../../components/service-state.tsx';
import { StatusMark } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { useServiceList } from '../services/service-list.ts';

/** What a service depends on, and which services depend on it. */
export function DependencyCard({ service }: { service: Service }) {
  const t = useT();
  const { id: project } = useProject();
  const { services } = useServiceList(project);
  const known = new Map(services?.map((one) => [one.id, one]));
  const up = service.depends_on.flatMap((id) => known.get(id) ?? []);
  const down = (services ?? []).filter(({ depends_on }) => depends_on.includes(service.id));
  const strangers = services === undefined ? [] : service.depends_on.filter((id) => !known.has(id));
  const checks = useQueries({ queries: strangers.map((id) => checkQuery(id)) });
  if (service.depends_on.length === 0 && down.length === 0) return null;
  return (
    <Card title={t(messages.title)}>
      {services === undefined && <Skeleton lines={2} />}
      {service.depends_on.length > 0 && (
        <div className="stack-tight">
          <h3>{t(messages.up)}</h3>
          <ul className="dependency-list">
            {up.map((one) => (
              <ServiceEntry key={one.id} service={one} />
            ))}
            {checks.map(({ data }) => data !== undefined && <CheckEntry key={data.id} check={data} />)}
          </ul>
        </div>
      )}
      {down.length > 0 && (
        <div className="stack-tight">
          <h3>{t(messages.down)}</h3>
          <ul className="dependency-list">
            {down.map((one) => (
              <ServiceEntry key={one.id} service={one} />
            ))}
          </ul>
        </div>
      )}
    </Card>
  );
}

function ServiceEntry({ service }: { service: Service }) {
  const params = { project: service.project, service: service.id };
  return (
    <li>
      <ServiceMark state={service.state} />
      <Link to="/projects/$project/services/$service" params={params} className="wrap-anywhere">
        {nameOf(service)}
      </Link>
    </li>
  );
}

function CheckEntry({ check }: { check: Check }) {
  const params = { project: check.project, check: check.id };
  return (
    <li>
      <StatusMark status={check.status} />
      <Link to="/projects/$project/checks/$check" params={params} className="wrap-anywhere">
        {nameOf(check)}
      </Link>
    </li>
  );
}

const messages = defineMessages({
  title: { en: 'Dependencies', fr: 'Dépendances' },
  up: { en: 'It depends on', fr: 'Il dépend de' },
  down: { en: 'These depend on it', fr: 'En dépendent' },
});
