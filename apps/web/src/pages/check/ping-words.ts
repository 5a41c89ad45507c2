import type { Ping } from '@vigie/contract';
import type { Look } from '../../components/status.tsx';
import type { useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';

/** What each type of ping is called. */
export const PING_WORDS: Record<Ping['type'], Message> = defineMessages({
  success: { en: 'Success', fr: 'Succès' },
  start: { en: 'Start', fr: 'Début' },
  fail: { en: 'Failure', fr: 'Échec' },
  log: { en: 'Log', fr: 'Journal' },
  ign: { en: 'Ignored', fr: 'Ignoré' },
});

/** How a ping looks that said how a run went; null for the others. */
export function pingLook({ type }: Ping): Look | null {
  if (type === 'success') return 'up';
  return type === 'fail' ? 'down' : null;
}

/** How a ping came, e.g. "http POST": the server's own probes are no protocol, so they have a word. */
export function wayText({ scheme, method }: Ping, t: ReturnType<typeof useT>): string {
  return `${scheme === 'probe' ? t(messages.probe) : scheme} ${method}`.trim();
}

const messages = defineMessages({
  probe: { en: 'probe', fr: 'sonde' },
});
