import { useCallback, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { failureText, useToasts } from './toast.tsx';

export interface Submit {
  busy: boolean;
  /** What the server says about a field. */
  errorOf(field: string): string | undefined;
  /** What it says about none of the fields that were asked for. */
  problem: string | null;
  /** Does it, once at a time. @returns whether it succeeded. */
  run(action: () => Promise<void>): Promise<boolean>;
}

/**
 * Sends a form: the server's complaints appear on the fields they are about.
 * `fields`: those that the form shows; a complaint about another one is shown above the form.
 */
export function useSubmit(fields: readonly string[]): Submit {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const toasts = useToasts();
  const known = error?.field === undefined || error.field === null ? null : fieldIn(fields, error.field);
  const run = useCallback(
    async (action: () => Promise<void>): Promise<boolean> => {
      setBusy(true);
      setError(null);
      try {
        await action();
        return true;
      } catch (failure) {
        if (failure instanceof ApiError) setError(failure);
        else toasts.fail(failure);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [toasts],
  );
  return {
    busy,
    errorOf: (field) => (error !== null && known === field ? faultText(error) : undefined),
    problem: error !== null && known === null ? failureText(error) : null,
    run,
  };
}

/** What is wrong, without the name that the API has for the field: it stands below it. */
function faultText(error: ApiError): string {
  const name = `${error.field} `;
  const text = error.message;
  return failureText(text.startsWith(name) ? text.slice(name.length) : text);
}

/** `settings.url` and `tags.0` are complaints about `settings` and `tags`, unless the form shows them themselves. */
function fieldIn(fields: readonly string[], path: string): string | null {
  const parts = path.split('.');
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('.');
    if (fields.includes(name)) return name;
  }
  return null;
}
