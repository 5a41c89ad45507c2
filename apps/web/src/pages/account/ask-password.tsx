import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

interface AskPasswordProps {
  title: string;
  action: string;
  /** Gets the password; the dialog closes when it succeeds. */
  onProof(password: string): Promise<void>;
  onClose(): void;
}

/** Asks for the password again before what an open screen must not be enough for. */
export function AskPassword({ title, action, onProof, onClose }: AskPasswordProps) {
  const t = useT();
  const [password, setPassword] = useState('');
  const { busy, errorOf, problem, run } = useSubmit(['password']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      await onProof(password);
      onClose();
    });
  };
  return (
    <Dialog open onOpenChange={onClose} title={title}>
      <form className="stack" onSubmit={submit}>
        <FormProblem text={problem} />
        <TextField
          type="password"
          label={t(messages.password)}
          autoComplete="current-password"
          required
          value={password}
          error={errorOf('password')}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="dialog-actions">
          <Button type="submit" look="primary" busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const messages = defineMessages({
  password: { en: 'Your password', fr: 'Votre mot de passe' },
});
