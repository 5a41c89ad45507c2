import type { Alert } from '@vigie/contract';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useAcknowledge } from './acknowledge.ts';

/** Says that one is at it, with a word for the others. */
export function AcknowledgeCard({ alert }: { alert: Alert }) {
  const t = useT();
  const acknowledge = useAcknowledge();
  const [comment, setComment] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    acknowledge([alert], comment);
  };
  return (
    <Card>
      <form className="acknowledge" onSubmit={submit}>
        <TextField
          label={t(messages.comment)}
          hint={t(messages.hint)}
          maxLength={1000}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
        <Button type="submit" look="primary" icon="check" aria-keyshortcuts="a">
          {t(messages.acknowledge)}
        </Button>
      </form>
    </Card>
  );
}

const messages = defineMessages({
  acknowledge: { en: 'Acknowledge', fr: 'Prendre en charge' },
  comment: { en: 'A word for the others', fr: 'Un mot pour les autres' },
  hint: {
    en: 'Acknowledging says that you are at it. It silences nothing.',
    fr: 'Prendre en charge dit que vous vous en occupez. Rien n’est mis en silence.',
  },
});
