import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { channelsQuery } from '../../api/check-queries.ts';
import { CheckField } from '../../components/field.tsx';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { DependencyField } from './dependency-field.tsx';
import type { SharedPart } from './form-part.ts';

/** Who is told, and which checks explain this one's outage. */
export function TellingPart({ draft, change, errorOf }: SharedPart<'channels' | 'depends_on'>) {
  const t = useT();
  const project = useProject();
  const { data, error, refetch } = useQuery(channelsQuery(project.id));
  const route = ROUTES[project.alert_route];
  const wrong = errorOf('channels');
  return (
    <Card title={t(messages.title)}>
      <fieldset className="stack-tight">
        <legend className="field-label">{t(messages.channels)}</legend>
        <p className="field-hint">{t(route)}</p>
        {error !== null && <Problem error={error} retry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton lines={2} />}
        {data?.items.length === 0 && (
          <p>
            {t(messages.none)}{' '}
            <Link to="/projects/$project/channels/new/{-$kind}" params={{ project: project.id }}>
              {t(messages.add)}
            </Link>
          </p>
        )}
        <div className="channel-choice">
          {data?.items.map(({ id, name, kind, disabled }) => (
            <CheckField
              key={id}
              label={name}
              hint={disabled ? `${kind}, ${t(messages.disabled)}` : kind}
              checked={draft.channels.includes(id)}
              onChange={({ target: { checked } }) => {
                const rest = draft.channels.filter((other) => other !== id);
                change({ channels: checked ? [...rest, id] : rest });
              }}
            />
          ))}
        </div>
        {wrong !== undefined && (
          <p className="field-error" role="alert">
            {wrong}
          </p>
        )}
      </fieldset>
      <DependencyField
        ids={draft.depends_on}
        error={errorOf('depends_on')}
        onChange={(depends_on) => change({ depends_on })}
      />
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Who is told?', fr: 'Qui est prévenu ?' },
  channels: { en: 'Channels', fr: 'Canaux' },
  none: { en: 'The project has no channel yet.', fr: 'Le projet n’a pas encore de canal.' },
  add: { en: 'Add one', fr: 'En ajouter un' },
  disabled: { en: 'switched off', fr: 'désactivé' },
});

/** Whom an alert reaches, by the project's own setting. */
const ROUTES = defineMessages({
  default: {
    en: 'Those chosen here; if none is chosen, all channels of the project.',
    fr: 'Ceux choisis ici ; si aucun ne l’est, tous les canaux du projet.',
  },
  both: {
    en: 'All channels of the project, and those chosen here.',
    fr: 'Tous les canaux du projet, et ceux choisis ici.',
  },
  none: {
    en: 'Only those chosen here; if none is chosen, nobody.',
    fr: 'Seulement ceux choisis ici ; si aucun ne l’est, personne.',
  },
});
