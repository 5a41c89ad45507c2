import { ApiError } from '../../api/client.ts';
import { TextField } from '../../components/field.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Whether the account has a second factor, whose code is to be sent along: the first time it is no failure. */
export function isSecondFactorAsked(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'second_factor';
}

interface CodeFieldProps {
  value: string;
  onChange(code: string): void;
  error: string | undefined;
}

/** The field for a code of the second factor. */
export function CodeField({ value, onChange, error }: CodeFieldProps) {
  const t = useT();
  return (
    <TextField
      autoComplete="one-time-code"
      label={t(messages.code)}
      hint={t(messages.hint)}
      required
      autoFocus
      value={value}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const messages = defineMessages({
  code: { en: 'Code of the second factor', fr: 'Code du second facteur' },
  hint: {
    en: 'Six digits of your app, or a recovery code.',
    fr: 'Six chiffres de votre application, ou un code de secours.',
  },
});
