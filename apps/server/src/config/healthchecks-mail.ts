import type { Given } from './given.ts';
import type { HealthchecksEnv } from './healthchecks-env.ts';
import { authorityOf, type ServerNames } from './healthchecks-server.ts';

const SERVER: ServerNames = {
  port: 'EMAIL_PORT',
  user: 'EMAIL_HOST_USER',
  password: 'EMAIL_HOST_PASSWORD',
  defaultPort: 587,
};

/** The names that {@link mailFromHealthchecks} reads. */
export const MAIL_NAMES = [
  'EMAIL_HOST',
  SERVER.port,
  SERVER.user,
  SERVER.password,
  'EMAIL_USE_TLS',
  'EMAIL_USE_SSL',
];

/** EMAIL_* as the URL of the outgoing mail server; undefined without EMAIL_HOST. Defaults are Healthchecks' own. */
export function mailFromHealthchecks(env: HealthchecksEnv): Given | undefined {
  const host = env.get('EMAIL_HOST');
  if (host === undefined) return undefined;
  const authority = authorityOf(env, host, SERVER);
  const startTls = env.isTrue('EMAIL_USE_TLS');
  if (authority === undefined) return undefined;
  if (env.isTrue('EMAIL_USE_SSL') === true) {
    const given = env.get('EMAIL_USE_TLS');
    if (startTls === true && given !== undefined) env.refuse(given, 'excludes EMAIL_USE_SSL=True');
    return { name: host.name, value: `smtps://${authority}` };
  }
  // False means never, not "where offered": internal relays offer STARTTLS with certificates nobody can check.
  const query = startTls === false ? '?ignoreTLS=true' : '?requireTLS=true';
  return { name: host.name, value: `smtp://${authority}${query}` };
}
