import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { useSubmit } from '../../components/submit.ts';
import { useT } from '../../i18n/language.tsx';
import { messages as shared } from './messages.ts';
import { NewPassword } from './new-password.tsx';

interface AccountFormProps {
  /** An address that is settled already. */
  email?: string;
  action: string;
  above?: ReactNode;
  make(account: { name: string; email: string; password: string }): Promise<void>;
}

/** Somebody's own account: name, address and password. */
export function AccountForm({ email: settled, action, above, make }: AccountFormProps) {
  const t = useT();
  const [name, setName] = useState('');
  const [email, setEmail] = useState(settled ?? '');
  const [password, setPassword] = useState('');
  const { busy, errorOf, problem, run } = useSubmit(['name', 'email', 'password']);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(() => make({ name, email, password }));
  };
  return (
    <form className="stack" onSubmit={submit}>
      {above}
      <FormProblem text={problem} />
      <TextField
        label={t(shared.name)}
        autoComplete="name"
        autoFocus
        value={name}
        error={errorOf('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        type="email"
        label={t(shared.email)}
        autoComplete="username"
        required
        readOnly={settled !== undefined}
        value={email}
        error={errorOf('email')}
        onChange={(event) => setEmail(event.target.value)}
      />
      <NewPassword value={password} onChange={setPassword} error={errorOf('password')} />
      <Button type="submit" look="primary" busy={busy}>
        {action}
      </Button>
    </form>
  );
}
