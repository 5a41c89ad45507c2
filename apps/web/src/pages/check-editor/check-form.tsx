import './check-editor.css';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button, buttonClass } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import type { Submit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import type { Draft } from './draft.ts';
import { NamesPart } from './names-part.tsx';
import { PolicyPart } from './policy-part.tsx';
import { ReadingPart } from './reading-part.tsx';
import { SchedulePart } from './schedule-part.tsx';
import { readSchedule } from './schedule-reading.ts';
import { TellingPart } from './telling-part.tsx';

interface CheckFormProps {
  draft: Draft;
  change(patch: Partial<Draft>): void;
  submit: Submit;
  /** What the button says that saves it. */
  action: string;
  onSave(): void;
  /** Where "cancel" leads. */
  cancel: string;
  /** Above the buttons: what has to be known before saving. */
  notice?: ReactNode;
}

/** All that can be set of a check. */
export function CheckForm({ draft, change, submit, action, onSave, cancel, notice }: CheckFormProps) {
  const t = useT();
  const part = { draft, change, errorOf: submit.errorOf };
  const isReady = readSchedule(draft.schedule).schedule !== null && draft.grace > 0;
  return (
    <form
      className="check-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !submit.busy) onSave();
      }}
    >
      <div className="check-form-parts">
        <div className="stack">
          <NamesPart {...part} />
          <SchedulePart {...part} />
        </div>
        <div className="stack">
          <TellingPart {...part} />
          <PolicyPart {...part} />
          <ReadingPart {...part} />
        </div>
      </div>
      <div className="check-form-end">
        {notice}
        <FormProblem text={submit.problem} />
        <div className="row">
          <Button look="primary" type="submit" busy={submit.busy || !isReady}>
            {action}
          </Button>
          <Link to={cancel} className={buttonClass()}>
            {t(messages.cancel)}
          </Link>
          {!isReady && <span className="field-error">{t(messages.notReady)}</span>}
        </div>
      </div>
    </form>
  );
}

const messages = defineMessages({
  cancel: { en: 'Cancel', fr: 'Annuler' },
  notReady: { en: 'The schedule is not readable yet.', fr: 'Le calendrier n’est pas encore lisible.' },
});
