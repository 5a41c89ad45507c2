import './alerts.css';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Explanation } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { ChoiceLinks } from '../../components/choice-links.tsx';
import { Card, Empty, Page, Problem, Skeleton } from '../../components/page.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { useProject } from '../../shell/project.ts';
import { EXPLAIN_HOURS } from './explain-search.ts';
import { Story } from './story.tsx';

const route = getRouteApi('/shell/projects/$project/alerts/explain');

/** Who was told of what in some time, and why not. */
export function ExplainPage() {
  const t = useT();
  const language = useLanguage();
  const { id: project } = useProject();
  const { hours } = route.useSearch();
  const { data, error, refetch } = useQuery({
    queryKey: ['alerts', project, 'explain', hours],
    queryFn: ({ signal }) => {
      const to = Date.now();
      const range = { from: new Date(to - hours * 3_600_000).toISOString(), to: new Date(to).toISOString() };
      return call<Explanation>('GET', '/explain', { query: { project, ...range }, signal });
    },
  });
  return (
    <Page
      title={t(messages.title)}
      above={
        <Link to="/projects/$project/alerts" params={{ project }}>
          {t(messages.alerts)}
        </Link>
      }
      below={
        <ChoiceLinks
          label={t(messages.range)}
          choices={EXPLAIN_HOURS.map((one) => ({
            label: durationText(one * 3_600, language, 'long'),
            search: { hours: one },
            current: one === hours,
          }))}
        />
      }
    >
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={6} />}
      {data?.story.length === 0 && <Empty icon="check" title={t(messages.nothing)} />}
      {data !== undefined && data.story.length > 0 && (
        <Card>
          <Story entries={data.story} cut={data.cut} />
        </Card>
      )}
    </Page>
  );
}

const messages = defineMessages({
  title: { en: 'What happened, and who was told', fr: 'Ce qui s’est passé, et qui a été prévenu' },
  alerts: { en: 'Alerts', fr: 'Alertes' },
  range: { en: 'How far back', fr: 'Jusqu’à quand' },
  nothing: { en: 'Nothing happened in this time', fr: 'Rien ne s’est passé pendant ce temps' },
});
