import type { Window } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CheckField, TextArea, TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { readersZone } from '../check-editor/readers-zone.ts';
import { RecurringFields } from './recurring-fields.tsx';
import { bodyOf, draftOf } from './window-draft.ts';

interface WindowFormProps {
  before?: Window;
  disabled?: boolean;
  action: string;
  save(body: Record<string, unknown>): Promise<void>;
}

/** Says when maintenance is, once or again and again, and what it covers. */
export function WindowForm({ before, disabled = false, action, save }: WindowFormProps) {
  const t = useT();
  const project = useProject();
  const [draft, setDraft] = useState(() => draftOf(before, Date.now(), readersZone()));
  const set = (changes: Partial<typeof draft>): void => setDraft((now) => ({ ...now, ...changes }));
  const fields = [
    'name',
    'starts_at',
    'ends_at',
    'schedule',
    'duration',
    'time_zone',
    'tags',
    'environments',
    'comment',
  ];
  const { busy, errorOf, problem, run } = useSubmit(fields);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(() => save(bodyOf(draft)));
  };
  return (
    <Card>
      <form onSubmit={submit}>
        <fieldset className="stack silence-form" disabled={disabled}>
          <FormProblem text={problem} />
          <TextField
            label={t(messages.name)}
            required
            maxLength={200}
            value={draft.name}
            error={errorOf('name')}
            onChange={(event) => set({ name: event.target.value })}
          />
          <fieldset className="row">
            <legend className="unseen">{t(messages.when)}</legend>
            {(['once', 'recurring'] as const).map((kind) => (
              <CheckField
                key={kind}
                type="radio"
                name="kind"
                label={t(messages[kind])}
                checked={draft.kind === kind}
                onChange={() => set({ kind })}
              />
            ))}
          </fieldset>
          {draft.kind === 'once' ? (
            <div className="two-fields">
              <TextField
                type="datetime-local"
                label={t(messages.starts)}
                required
                value={draft.starts}
                error={errorOf('starts_at')}
                onChange={(event) => set({ starts: event.target.value })}
              />
              <TextField
                type="datetime-local"
                label={t(messages.ends)}
                required
                value={draft.ends}
                error={errorOf('ends_at')}
                onChange={(event) => set({ ends: event.target.value })}
              />
            </div>
          ) : (
            <RecurringFields draft={draft} set={set} errorOf={errorOf} />
          )}
          <TextField
            label={t(messages.tags)}
            hint={t(messages.tagsHint)}
            value={draft.tags}
            error={errorOf('tags')}
            onChange={(event) => set({ tags: event.target.value })}
          />
          <fieldset className="row">
            <legend className="field-label">{t(messages.environments)}</legend>
            {project.environments.map((one) => (
              <CheckField
                key={one}
                label={one}
                checked={draft.environments.includes(one)}
                onChange={({ target }) => {
                  const others = draft.environments.filter((other) => other !== one);
                  set({ environments: target.checked ? [...others, one] : others });
                }}
              />
            ))}
          </fieldset>
          <TextArea
            label={t(messages.comment)}
            rows={2}
            maxLength={4000}
            value={draft.comment}
            error={errorOf('comment')}
            onChange={(event) => set({ comment: event.target.value })}
          />
          {before !== undefined && (
            <CheckField
              label={t(messages.disabled)}
              checked={draft.disabled}
              onChange={(event) => set({ disabled: event.target.checked })}
            />
          )}
          {!disabled && (
            <div className="row">
              <Button type="submit" look="primary" busy={busy}>
                {action}
              </Button>
            </div>
          )}
        </fieldset>
      </form>
    </Card>
  );
}

const messages = defineMessages({
  name: { en: 'Name', fr: 'Nom' },
  when: { en: 'When', fr: 'Quand' },
  once: { en: 'Once', fr: 'Une fois' },
  recurring: { en: 'Again and again', fr: 'À répétition' },
  starts: { en: 'From', fr: 'Du' },
  ends: { en: 'Until', fr: 'Au' },
  tags: { en: 'Tags', fr: 'Étiquettes' },
  tagsHint: {
    en: 'With spaces between; checks with any of them are covered. Empty: whatever their tags.',
    fr: 'Séparées par des espaces ; les contrôles qui en portent une sont concernés. Vide : toutes.',
  },
  environments: { en: 'Environments; none chosen: all', fr: 'Environnements ; aucun choisi : tous' },
  comment: { en: 'Why', fr: 'Pourquoi' },
  disabled: { en: 'Switched off: it opens no more', fr: 'Désactivée : elle ne s’ouvre plus' },
});
