import { isBlank } from './given.ts';

export type Interpolated = { text: string } | { reason: string };

const REFERENCE = /\$\$\{|\$\{([^}]*)(\}?)/g;
const NAME_AND_DEFAULT = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s;

/**
 * Puts environment variables into text: `${NAME}`, `${NAME:-text where it is missing or blank}`; `$${` stands
 * for `${` itself. A missing variable without such a text, or a broken reference, is the reason returned.
 */
export function interpolate(text: string, env: Record<string, string | undefined>): Interpolated {
  let reason: string | undefined;
  const result = text.replace(REFERENCE, (whole: string, reference: string | undefined, end: string) => {
    if (whole === '$${') return '${';
    const [, name = '', fallback] = NAME_AND_DEFAULT.exec(reference ?? '') ?? [];
    const value = env[name];
    if (end === '' || name === '')
      reason ??= `holds a \${ that is not \${NAME} or \${NAME:-default}; write $\${ for \${ itself`;
    else if (value !== undefined && !isBlank(value)) return value;
    else if (fallback === undefined) reason ??= `the environment variable ${name} is not set`;
    return fallback ?? '';
  });
  return reason === undefined ? { text: result } : { reason };
}
