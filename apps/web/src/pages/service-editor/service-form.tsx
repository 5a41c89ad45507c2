import '../check-editor/check-editor.css';
import './service-form.css';
import { Link } from '@tanstack/react-router';
import type { ProbeKind, ProbeRunView } from '@vigie/contract';
import { type ReactNode, useState } from 'react';
import { Button, buttonClass } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { type Submit, useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { NamesPart } from '../check-editor/names-part.tsx';
import { TellingPart } from '../check-editor/telling-part.tsx';
import type { ServiceDraft } from './draft.ts';
import { formFields } from './form-fields.ts';
import { PacePart } from './pace-part.tsx';
import { SettingsPart } from './settings-part.tsx';
import { ThresholdsPart } from './thresholds-part.tsx';
import { TrialCard } from './trial-card.tsx';

interface ServiceFormProps {
  kind: ProbeKind;
  draft: ServiceDraft;
  change(patch: Partial<ServiceDraft>): void;
  submit: Submit;
  /** The stored service: its secrets stay where none are given. */
  stored?: { id: string; secrets: readonly string[] };
  /** What its last run measured, if it has run. */
  lastRun?: ProbeRunView | null;
  /** What the button says that saves it. */
  action: string;
  onSave(): void;
  /** Where "cancel" leads. */
  cancel: string;
  /** Above the buttons: what has to be known before saving. */
  notice?: ReactNode;
}

/** All that can be set of a service. */
export function ServiceForm(props: ServiceFormProps) {
  const { kind, draft, change, submit, stored, lastRun = null, action, onSave, cancel, notice } = props;
  const t = useT();
  const [tried, setTried] = useState<ProbeRunView | null>(null);
  const trial = useSubmit(formFields(kind, draft));
  const errorOf = (field: string): string | undefined => submit.errorOf(field) ?? trial.errorOf(field);
  const part = { draft, change, errorOf };
  const measured = (tried ?? lastRun)?.measurements ?? [];
  return (
    <form
      className="check-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!submit.busy) onSave();
      }}
    >
      <div className="check-form-parts">
        <div className="stack">
          <SettingsPart {...part} kind={kind} secrets={stored?.secrets ?? []} />
          <TrialCard
            kind={kind}
            draft={draft}
            stored={stored?.id}
            trial={trial}
            run={tried}
            onRun={setTried}
          />
          <NamesPart {...part} />
        </div>
        <div className="stack">
          <PacePart {...part} kind={kind} />
          <ThresholdsPart
            {...part}
            kind={kind}
            metrics={[...new Set(measured.map(({ name }) => name))].sort()}
          />
          <TellingPart {...part} />
        </div>
      </div>
      <div className="check-form-end">
        {notice}
        <FormProblem text={submit.problem} />
        <div className="row">
          <Button look="primary" type="submit" busy={submit.busy}>
            {action}
          </Button>
          <Link to={cancel} className={buttonClass()}>
            {t(messages.cancel)}
          </Link>
        </div>
      </div>
    </form>
  );
}

const messages = defineMessages({
  cancel: { en: 'Cancel', fr: 'Annuler' },
});
