import type { Actor } from './audit.ts';

/** Who acts where it is not a person, in each language. */
const WORDS = {
  en: {
    key: (name: string) => `the API key ${name}`,
    link: (channel: string) => `the link sent to ${channel}`,
    admin: 'the instance admin',
  },
  fr: {
    key: (name: string) => `la clé d’API ${name}`,
    link: (channel: string) => `le lien envoyé à ${channel}`,
    admin: 'l’administrateur de l’instance',
  },
};

/** How people are told of who did something: `bob@example.org`, `the link sent to Ops mail`. */
export function actorText(actor: Actor, language: keyof typeof WORDS = 'en'): string {
  const words = WORDS[language];
  const [, kind = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(actor) ?? [];
  if (kind === 'user') return rest;
  if (kind === 'key') return words.key(rest);
  if (kind === 'link') return words.link(rest);
  if (actor === 'admin-token') return words.admin;
  return actor === 'system' ? 'Vigie' : actor;
}
