import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { buttonClass } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Empty, Page, Problem, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { readSearch, type ServicesSearch } from './search.ts';
import { useServiceList } from './service-list.ts';
import { ServicesList } from './services-list.tsx';

/** All services of a project: what the server itself looks at. */
export function ServicesPage() {
  const t = useT();
  const { id: project } = useProject();
  const mayChange = useMay('member');
  const { services, error, retry } = useServiceList(project);
  const [search, setSearch] = useServicesSearch(project);
  const create = (
    <Link
      to="/projects/$project/services/new/{-$kind}"
      params={{ project }}
      className={buttonClass('primary')}
    >
      <Icon name="plus" />
      {t(messages.create)}
    </Link>
  );
  return (
    <Page title={t(messages.title)} actions={mayChange && create}>
      {error !== null && services === undefined && <Problem error={error} retry={retry} />}
      {error === null && services === undefined && <Skeleton lines={12} />}
      {services?.length === 0 && (
        <Empty icon="services" title={t(messages.none)}>
          <p>{t(messages.what)}</p>
          {mayChange && create}
        </Empty>
      )}
      {services !== undefined && services.length > 0 && (
        <ServicesList key={project} services={services} search={search} onSearch={setSearch} />
      )}
    </Page>
  );
}

/** What the address says, the same object while it says the same, and what changes it. */
function useServicesSearch(project: string): [ServicesSearch, (search: ServicesSearch) => void] {
  const navigate = useNavigate();
  const said = JSON.stringify(readSearch({ ...useSearch({ strict: false }) }));
  const search = useMemo(() => JSON.parse(said) as ServicesSearch, [said]);
  const setSearch = (next: ServicesSearch): void =>
    void navigate({
      to: '/projects/$project/services',
      params: { project },
      search: next,
      replace: true,
      resetScroll: false,
    });
  return [search, setSearch];
}

const messages = defineMessages({
  title: { en: 'Services', fr: 'Services' },
  create: { en: 'New service', fr: 'Nouveau service' },
  none: { en: 'No service is watched yet', fr: 'Aucun service n’est encore surveillé' },
  what: {
    en: 'A service is something that Vigie itself looks at, again and again: a database, a web address, a queue. When it fails, its check goes down and tells its channels.',
    fr: 'Un service est ce que Vigie va voir elle-même, encore et encore : une base de données, une adresse web, une file. S’il échoue, son contrôle passe en panne et prévient ses canaux.',
  },
});
