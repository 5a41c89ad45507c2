import type { Actor } from './audit.ts';

/** How people are told of who did something: `bob@example.org`, `the link sent to Ops mail`. */
export function actorText(actor: Actor): string {
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(actor) ?? [];
  if (kind === 'user') return rest;
  if (kind === 'key') return `the API key ${rest}`;
  if (kind === 'link') return `the link sent to ${rest}`;
  if (actor === 'admin-token') return 'the instance admin';
  return actor === 'system' ? 'Vigie' : actor;
}
