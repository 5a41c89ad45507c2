import type { KeyCreated } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { CheckField, TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { SCOPE_WORDS } from './scope-words.ts';

/** Making a key for a program. */
export function NewKeyForm({ path, onMade }: { path: string; onMade(key: KeyCreated): void }) {
  const t = useT();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<'read' | 'write'>('read');
  const { busy, errorOf, problem, run } = useSubmit(['name', 'scope']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      onMade(await call<KeyCreated>('POST', path, { body: { name, scope } }));
      setName('');
    });
  };
  return (
    <form className="stack project-form" onSubmit={submit}>
      <FormProblem text={problem} />
      <TextField
        label={t(messages.name)}
        hint={t(messages.nameHint)}
        required
        maxLength={100}
        value={name}
        error={errorOf('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="row">
        <legend className="unseen">{t(messages.may)}</legend>
        {(['read', 'write'] as const).map((one) => (
          <CheckField
            key={one}
            type="radio"
            name="scope"
            label={t(SCOPE_WORDS[one])}
            checked={one === scope}
            onChange={() => setScope(one)}
          />
        ))}
      </fieldset>
      <div className="row">
        <Button type="submit" look="primary" icon="plus" busy={busy}>
          {t(messages.make)}
        </Button>
      </div>
    </form>
  );
}

const messages = defineMessages({
  name: { en: 'Name', fr: 'Nom' },
  nameHint: { en: 'Which program it is for.', fr: 'Le programme auquel elle sert.' },
  may: { en: 'May', fr: 'Permet de' },
  make: { en: 'Make a key', fr: 'Créer une clé' },
});
