import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { call } from '../../api/client.ts';
import { Page } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { draftOf } from './matcher-editor.tsx';
import { readMatcher } from './matcher-text.ts';
import { SilenceForm } from './silence-form.tsx';

const route = getRouteApi('/shell/projects/$project/silences/new');

/** Writing a silence; its matchers may come with the address. */
export function NewSilencePage() {
  const t = useT();
  const client = useQueryClient();
  const { project } = route.useParams();
  const { matcher = [] } = route.useSearch();
  const navigate = route.useNavigate();
  const given = matcher.map(readMatcher).filter((one) => one !== null);
  return (
    <Page
      title={t(messages.title)}
      above={
        <Link to="/projects/$project/silences" params={{ project }} search={{}}>
          {t(messages.silences)}
        </Link>
      }
    >
      <SilenceForm
        project={project}
        drafts={given.length === 0 ? [draftOf()] : given.map(draftOf)}
        action={t(messages.make)}
        save={async (body) => {
          await call('POST', '/silences', { query: { project }, body });
          await client.invalidateQueries({ queryKey: ['silences', project] });
          await navigate({ to: '/projects/$project/silences', params: { project }, search: {} });
        }}
      />
    </Page>
  );
}

const messages = defineMessages({
  title: { en: 'New silence', fr: 'Nouveau silence' },
  silences: { en: 'Silences', fr: 'Silences' },
  make: { en: 'Silence', fr: 'Mettre en silence' },
});
