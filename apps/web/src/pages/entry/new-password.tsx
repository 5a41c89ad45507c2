import { PASSWORD_LENGTH } from '@vigie/contract/vocabulary';
import { TextField } from '../../components/field.tsx';
import { useT } from '../../i18n/language.tsx';
import { messages } from './messages.ts';

interface NewPasswordProps {
  value: string;
  onChange(value: string): void;
  error: string | undefined;
  label?: string;
}

/** The field in which somebody chooses a password. */
export function NewPassword({ value, onChange, error, label }: NewPasswordProps) {
  const t = useT();
  return (
    <TextField
      type="password"
      name="password"
      autoComplete="new-password"
      label={label ?? t(messages.password)}
      hint={t(messages.passwordHint, { least: PASSWORD_LENGTH.least })}
      minLength={PASSWORD_LENGTH.least}
      required
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
