import { useQuery } from '@tanstack/react-query';
import { summaryQuery } from '../../api/summary.ts';
import { SelectField, TextArea, TextField } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import type { SharedPart } from './form-part.ts';
import { slugOf } from './understand.ts';

/** Tags offered while one is typed. */
const OFFERED = 12;

type NamesPartProps = SharedPart<'name' | 'slug' | 'tags' | 'environment' | 'description'>;

/** What the check is called, and how it is found again. */
export function NamesPart({ draft, change, errorOf }: NamesPartProps) {
  const t = useT();
  const project = useProject();
  // A slug that was made of the name follows it; one that somebody wrote stays.
  const followsName = draft.slug === slugOf(draft.name);
  return (
    <Card title={t(messages.title)}>
      <TextField
        label={t(messages.name)}
        error={errorOf('name')}
        value={draft.name}
        maxLength={100}
        onChange={({ target: { value } }) =>
          change({ name: value, ...(followsName ? { slug: slugOf(value) } : {}) })
        }
      />
      <TextField
        label={t(messages.slug)}
        hint={t(messages.slugHint)}
        error={errorOf('slug')}
        className="control mono"
        spellCheck={false}
        value={draft.slug}
        maxLength={100}
        onChange={(event) => change({ slug: event.target.value })}
      />
      <TagsField tags={draft.tags} error={errorOf('tags')} onChange={(tags) => change({ tags })} />
      <SelectField
        label={t(messages.environment)}
        error={errorOf('environment')}
        value={draft.environment}
        onChange={(event) => change({ environment: event.target.value })}
      >
        {[...new Set([...project.environments, draft.environment])].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      <TextArea
        label={t(messages.description)}
        hint={t(messages.descriptionHint)}
        error={errorOf('description')}
        rows={3}
        maxLength={10_000}
        value={draft.description}
        onChange={(event) => change({ description: event.target.value })}
      />
    </Card>
  );
}

interface TagsFieldProps {
  tags: string;
  error: string | undefined;
  onChange(tags: string): void;
}

function TagsField({ tags, error, onChange }: TagsFieldProps) {
  const t = useT();
  const project = useProject();
  const { data } = useQuery(summaryQuery(project.id));
  const given = tags.split(/\s+/);
  const offered = (data?.tags ?? []).filter(({ tag }) => !given.includes(tag)).slice(0, OFFERED);
  return (
    <div className="stack-tight">
      <TextField
        label={t(messages.tags)}
        hint={t(messages.tagsHint)}
        error={error}
        value={tags}
        maxLength={500}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      {offered.length > 0 && (
        <ul className="row" aria-label={t(messages.offered)}>
          {offered.map(({ tag }) => (
            <li key={tag}>
              <button type="button" className="tag-offer" onClick={() => onChange(`${tags} ${tag}`.trim())}>
                <span aria-hidden="true">+ </span>
                {tag}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const messages = defineMessages({
  title: { en: 'What is it?', fr: 'Qu’est-ce que c’est ?' },
  name: { en: 'Name', fr: 'Nom' },
  slug: { en: 'Slug', fr: 'Slug' },
  slugHint: {
    en: 'Its name in addresses: it can be pinged by it and the project’s ping key',
    fr: 'Son nom dans les adresses : on peut le pinger par lui et la clé de ping du projet',
  },
  tags: { en: 'Tags', fr: 'Étiquettes' },
  tagsHint: { en: 'Words, with spaces between them', fr: 'Des mots séparés par des espaces' },
  offered: { en: 'Tags in use', fr: 'Étiquettes utilisées' },
  environment: { en: 'Environment', fr: 'Environnement' },
  description: { en: 'Description', fr: 'Description' },
  descriptionHint: {
    en: 'What to do when it is down: whoever is called at night reads this',
    fr: 'Que faire en cas de panne : c’est lu par qui est appelé la nuit',
  },
});
