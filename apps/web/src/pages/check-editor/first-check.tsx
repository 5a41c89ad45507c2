import './first-check.css';
import { useNavigate } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { canonicalTimeZone } from '@vigie/schedule';
import { useDeferredValue, useMemo, useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { Field, TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card } from '../../components/page.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { firstBody, lineOf } from './first-body.ts';
import { readersZone } from './readers-zone.ts';
import { understand } from './understand.ts';
import { Understanding } from './understanding.tsx';

/** One field from which a check comes about: a line of a crontab, a URL, or a name. */
export function FirstCheck() {
  const t = useT();
  const project = useProject();
  const navigate = useNavigate();
  const may = useMay('member');
  const [text, setText] = useState('');
  const [givenName, setGivenName] = useState<string | null>(null);
  const [givenZone, setGivenZone] = useState<string | null>(null);
  const { busy, errorOf, problem, run } = useSubmit(FIELDS);
  const shown = useDeferredValue(text);
  const understood = useMemo(() => understand(shown), [shown]);
  const found = understood.kind === 'nothing' || understood.kind === 'wrong' ? null : understood;
  const name = givenName ?? found?.name ?? '';
  const zone = givenZone ?? (found?.kind === 'line' ? found.timeZone : null) ?? readersZone();
  if (!may) return <Card title={t(messages.title)}>{t(messages.readonly)}</Card>;

  const create = (): void => {
    if (found === null || canonicalTimeZone(zone) === null) return;
    void run(async () => {
      const body = firstBody(found, { name, timeZone: zone, now: Date.now() });
      const check = await call<Check>('POST', '/checks', { query: { project: project.id }, body });
      await navigate({
        to: '/projects/$project/checks/$check',
        params: { project: project.id, check: check.id },
        search: { first: true },
        state: { crontab: lineOf(found) },
      });
    });
  };
  return (
    <Card title={t(messages.title)}>
      <form
        className="first-check"
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        <Field label={t(messages.label)} hint={t(messages.hint)}>
          {(wiring) => (
            <textarea
              {...wiring}
              className="control first-check-text"
              rows={2}
              maxLength={LONGEST}
              value={text}
              spellCheck={false}
              autoComplete="off"
              placeholder="0 3 * * * /usr/local/bin/backup"
              onChange={(event) => {
                setText(event.target.value);
                setGivenName(null);
                setGivenZone(null);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
                event.preventDefault();
                create();
              }}
            />
          )}
        </Field>
        <FormProblem text={problem} />
        <div className="first-check-understood" aria-live="polite">
          <Understanding understood={understood} zone={zone} onZone={setGivenZone} />
        </div>
        {found !== null && (
          <div className="first-check-end">
            <TextField
              label={t(messages.name)}
              error={errorOf('name')}
              value={name}
              maxLength={100}
              onChange={(event) => setGivenName(event.target.value)}
            />
            <Button look="primary" type="submit" busy={busy} icon="plus">
              {t(messages.create)}
            </Button>
          </div>
        )}
      </form>
    </Card>
  );
}

/** Characters of a pasted crontab at most. */
const LONGEST = 5_000;
const FIELDS = ['name'];

const messages = defineMessages({
  title: { en: 'What should be watched?', fr: 'Que faut-il surveiller ?' },
  label: { en: 'A line of your crontab, a URL, or a name', fr: 'Une ligne de crontab, une URL ou un nom' },
  hint: {
    en: 'Paste the line as it is, with its command: only the schedule and a name are sent, the command stays here.',
    fr: 'Collez la ligne telle quelle, avec sa commande : seuls le calendrier et un nom sont envoyés, la commande reste ici.',
  },
  name: { en: 'Name', fr: 'Nom' },
  create: { en: 'Create the check', fr: 'Créer le contrôle' },
  readonly: {
    en: 'You may look at this project. Ask one of its members to make its first check.',
    fr: 'Vous pouvez consulter ce projet. Demandez à l’un de ses membres de créer le premier contrôle.',
  },
});
