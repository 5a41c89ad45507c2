import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { summaryQuery } from '../../api/summary.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';

interface TagDialogProps {
  open: boolean;
  onOpenChange(open: boolean): void;
  onTag(tag: string): void;
}

/** Asks for a tag; those that there are already are suggested. */
export function TagDialog({ open, onOpenChange, onTag }: TagDialogProps) {
  const t = useT();
  const list = useId();
  const [tag, setTag] = useState('');
  const { data } = useQuery(summaryQuery(useProject().id));
  const isWord = /^\S{1,100}$/.test(tag.trim());
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t(messages.title)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWord) return;
          onTag(tag.trim());
          setTag('');
          onOpenChange(false);
        }}
      >
        <Field
          label={t(messages.tag)}
          hint={t(messages.hint)}
          error={tag.trim() === '' || isWord ? null : t(messages.word)}
        >
          {(wiring) => (
            <input
              className="control"
              list={list}
              autoComplete="off"
              value={tag}
              onChange={(event) => setTag(event.target.value)}
              {...wiring}
            />
          )}
        </Field>
        <datalist id={list}>
          {data?.tags.map((one) => (
            <option key={one.tag} value={one.tag} />
          ))}
        </datalist>
        <div className="dialog-actions">
          <Button look="primary" type="submit" busy={!isWord}>
            {t(messages.add)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const messages = defineMessages({
  title: { en: 'Tag the selected checks', fr: 'Étiqueter les contrôles sélectionnés' },
  tag: { en: 'Tag', fr: 'Étiquette' },
  hint: { en: 'One word, e.g. prod or db', fr: 'Un seul mot, p. ex. prod ou db' },
  word: {
    en: 'A tag is one word of at most 100 characters',
    fr: 'Une étiquette est un seul mot, de 100 caractères au plus',
  },
  add: { en: 'Add the tag', fr: 'Ajouter l’étiquette' },
});
