import { isIP } from 'node:net';
import type { GivenText, HealthchecksEnv } from './healthchecks-env.ts';
import { HIGHEST_PORT, isHostName } from './network-types.ts';
import { integer, parseValue } from './value-types.ts';

/** The names under which the parts of one server's address are given, and what stands for a missing one. */
export interface ServerNames {
  port: string;
  user: string;
  password: string;
  defaultPort: number;
  defaultUser?: string;
}

/** `user:password@host:port` of a URL, percent-encoded; undefined after recording what is wrong with it. */
export function authorityOf(env: HealthchecksEnv, host: GivenText, names: ServerNames): string | undefined {
  const family = isIP(host.value);
  if (family === 0 && !isHostName(host.value)) {
    env.refuse(host, 'must be a host name or IP address');
    return undefined;
  }
  const given = env.get(names.port);
  const port = parseValue(integer(1, HIGHEST_PORT), given?.value ?? names.defaultPort);
  if (!port.ok) {
    if (given !== undefined) env.refuse(given, port.reason);
    return undefined;
  }
  return `${login(env, names)}${family === 6 ? `[${host.value}]` : host.value}:${port.value}`;
}

function login(env: HealthchecksEnv, names: ServerNames): string {
  const user = env.get(names.user)?.value ?? names.defaultUser;
  if (user === undefined) return '';
  const password = env.get(names.password)?.value;
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
  return `${encodeURIComponent(user)}${secret}@`;
}
