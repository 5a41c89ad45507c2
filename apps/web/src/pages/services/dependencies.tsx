import { useQuery } from '@tanstack/react-query';
import type { CheckPage, Service } from '@vigie/contract';
import { useMemo } from 'react';
import { call } from '../../api/client.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { DependencyGraph } from './dependency-graph.tsx';
import { nodesOf, strangersOf, withRoom } from './graph-things.ts';

/** Checks that one call is asked for. */
const STRANGERS = 100;
/** Things up to which the picture is open by itself, where there is room. */
const SMALL = 30;

interface DependenciesProps {
  services: readonly Service[];
  /** What somebody chose; undefined = nothing. */
  choice: 'open' | 'closed' | undefined;
  onChoice(choice: 'open' | 'closed'): void;
}

/** What depends on what, where anything does. */
export function Dependencies({ services, choice, onChoice }: DependenciesProps) {
  const t = useT();
  const { id: project } = useProject();
  const strangers = useMemo(() => strangersOf(services).sort().slice(0, STRANGERS), [services]);
  const { data } = useQuery({
    queryKey: ['checks', project, 'depended on', strangers],
    queryFn: ({ signal }) =>
      call<CheckPage>('GET', '/checks', { query: { project, id: strangers, limit: STRANGERS }, signal }),
    enabled: strangers.length > 0,
  });
  const all = useMemo(() => nodesOf(services, data?.items ?? []), [services, data]);
  const nodes = useMemo(() => withRoom(all), [all]);
  if (all.length === 0) return null;
  const isWide = matchMedia('(min-width: 48rem)').matches;
  const isOpen = choice === undefined ? isWide && all.length <= SMALL : choice === 'open';
  return (
    <details
      className="dependencies-card card"
      open={isOpen}
      onToggle={({ currentTarget: { open } }) => {
        if (open !== isOpen) onChoice(open ? 'open' : 'closed');
      }}
    >
      <summary>{t(messages.title, { count: all.length })}</summary>
      {isOpen && (
        <>
          <p className="soft small">{t(messages.how)}</p>
          <DependencyGraph nodes={nodes} label={t(messages.label)} />
          {nodes.length < all.length && (
            <p className="soft small">{t(messages.more, { count: all.length - nodes.length })}</p>
          )}
        </>
      )}
    </details>
  );
}

const messages = defineMessages({
  title: { en: 'Dependencies ({count})', fr: 'Dépendances ({count})' },
  label: { en: 'What depends on what', fr: 'Ce qui dépend de quoi' },
  how: {
    en: 'Each depends on what it is tied to on its left. While that is down, messages about what depends on it wait.',
    fr: 'Chacun dépend de ce à quoi il est relié à sa gauche. Tant que cela est en panne, les messages sur ce qui en dépend attendent.',
  },
  more: {
    en: '{count} more have no room here: their own pages show what they depend on.',
    fr: '{count} autres n’ont pas la place ici : leurs pages montrent de quoi ils dépendent.',
  },
});
