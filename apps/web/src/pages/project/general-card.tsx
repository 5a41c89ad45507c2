import { useQueryClient } from '@tanstack/react-query';
import type { Project } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { sessionQuery } from '../../api/session.ts';
import { Button } from '../../components/button.tsx';
import { CheckField, TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay } from '../../shell/project.ts';

const ROUTES = ['default', 'both', 'none'] as const;

/** The project's name, its environments, and whom it tells. */
export function GeneralCard({ project }: { project: Project }) {
  const t = useT();
  const client = useQueryClient();
  const toasts = useToasts();
  const mayChange = useMay('member');
  const [name, setName] = useState(project.name);
  const [environments, setEnvironments] = useState(project.environments.join(', '));
  const [route, setRoute] = useState(project.alert_route);
  const [slugs, setSlugs] = useState(project.show_slugs);
  const { busy, errorOf, problem, run } = useSubmit(['name', 'environments', 'alert_route']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const body = {
        name,
        environments: environments.split(/[\s,]+/).filter((one) => one !== ''),
        alert_route: route,
        show_slugs: slugs,
      };
      await call('PATCH', `/projects/${project.id}`, { body });
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      toasts.say(t(messages.saved));
    });
  };
  return (
    <Card title={t(messages.title)}>
      <form onSubmit={submit}>
        <fieldset className="stack project-form" disabled={!mayChange}>
          <FormProblem text={problem} />
          <TextField
            label={t(messages.name)}
            required
            value={name}
            error={errorOf('name')}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={t(messages.environments)}
            hint={t(messages.environmentsHint)}
            required
            value={environments}
            error={errorOf('environments')}
            onChange={(event) => setEnvironments(event.target.value)}
          />
          <fieldset className="stack">
            <legend className="field-label">{t(messages.route)}</legend>
            {ROUTES.map((one) => (
              <CheckField
                key={one}
                type="radio"
                name="alert-route"
                label={t(messages[one])}
                hint={t(messages[`${one}Hint`])}
                checked={one === route}
                onChange={() => setRoute(one)}
              />
            ))}
          </fieldset>
          <CheckField
            label={t(messages.slugs)}
            hint={t(messages.slugsHint)}
            checked={slugs}
            onChange={(event) => setSlugs(event.target.checked)}
          />
          {mayChange && (
            <div className="row">
              <Button type="submit" look="primary" busy={busy}>
                {t(messages.save)}
              </Button>
            </div>
          )}
        </fieldset>
      </form>
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Settings', fr: 'Réglages' },
  name: { en: 'Name', fr: 'Nom' },
  environments: { en: 'Environments', fr: 'Environnements' },
  environmentsHint: {
    en: 'With commas between; the first is the one a new check gets.',
    fr: 'Séparés par des virgules ; le premier est celui d’un nouveau contrôle.',
  },
  route: { en: 'Who is told', fr: 'Qui est prévenu' },
  default: { en: 'A check’s own channels, else all', fr: 'Les canaux du contrôle, sinon tous' },
  defaultHint: {
    en: 'A check with channels tells those; a check without any, and every other alert, tells all channels.',
    fr: 'Un contrôle qui a des canaux prévient ceux-là ; un contrôle sans canal, et toute autre alerte, prévient tous les canaux.',
  },
  both: { en: 'All channels, always', fr: 'Tous les canaux, toujours' },
  bothHint: {
    en: 'Every alert tells all channels; a check also tells its own.',
    fr: 'Chaque alerte prévient tous les canaux ; un contrôle prévient aussi les siens.',
  },
  none: { en: 'Only a check’s own channels', fr: 'Seulement les canaux du contrôle' },
  noneHint: {
    en: 'What has no channel of its own is shown here and told to nobody.',
    fr: 'Ce qui n’a pas de canal est montré ici et personne n’est prévenu.',
  },
  slugs: { en: 'Ping by name', fr: 'Ping par nom' },
  slugsHint: {
    en: 'Show ping addresses with the ping key and the check’s slug in place of its UUID.',
    fr: 'Montrer les adresses de ping avec la clé et le nom court du contrôle à la place de son UUID.',
  },
  save: { en: 'Save', fr: 'Enregistrer' },
  saved: { en: 'Saved', fr: 'Enregistré' },
});
