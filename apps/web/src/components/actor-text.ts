import type { Translate } from '../i18n/format.ts';
import { defineMessages } from '../i18n/messages.ts';

/** Who did something, for people: the log says `user:bob@example.org`, `key:hcw_ab12`, `system`. */
export function actorText(actor: string, t: Translate): string {
  const [, kind = '', who = ''] = /^([a-z]+):(.*)$/s.exec(actor) ?? [];
  switch (kind || actor) {
    case 'user':
      return who;
    case 'key':
      return t(messages.key, { hint: who });
    case 'link':
      return t(messages.link, { channel: who });
    case 'admin-token':
      return t(messages.adminToken);
    case 'anonymous':
      return t(messages.anonymous);
    case 'system':
      return 'Vigie';
    default:
      return actor;
  }
}

const messages = defineMessages({
  key: { en: 'API key {hint}…', fr: 'Clé d’API {hint}…' },
  link: { en: 'the link sent to {channel}', fr: 'le lien envoyé à {channel}' },
  adminToken: { en: 'the admin token', fr: 'le jeton d’administration' },
  anonymous: { en: 'somebody without an account', fr: 'quelqu’un sans compte' },
});
