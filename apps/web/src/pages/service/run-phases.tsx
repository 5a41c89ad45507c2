import './run.css';
import type { ProbeRunView } from '@vigie/contract';
import { Duration } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';

/** Tones of the bar's parts, which take turns. */
const TONES = 4;

/** Where the time of a run went: a bar of its phases, and their names with their times. */
export function RunPhases({ run }: { run: ProbeRunView }) {
  const t = useT();
  const { phases } = run;
  if (phases.length === 0) return null;
  return (
    <div className="stack-tight">
      <div className="phase-bar" aria-hidden="true">
        {phases.map(({ name, duration }, at) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a phase may come twice, and none moves
            key={at}
            className={`phase-part phase-tone-${at % TONES}`}
            style={{ flexGrow: shareOf(duration) }}
            title={nameOf(name)}
          />
        ))}
      </div>
      <ol className="phase-list">
        {phases.map(({ name, duration }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a phase may come twice, and none moves
          <li key={at}>
            <span className={`phase-dot phase-tone-${at % TONES}`} aria-hidden="true" />
            {nameOf(name)} <Duration seconds={duration} />
            {run.phase === name && <span className="phase-failed">{t(messages.here)}</span>}
          </li>
        ))}
      </ol>
    </div>
  );

  function shareOf(duration: number): number {
    return run.duration === 0 ? 1 : Math.max((duration / run.duration) * 100, 1);
  }
  function nameOf(name: string): string {
    const words = PHASES[name];
    return words === undefined ? name : t(words);
  }
}

const messages = defineMessages({
  here: { en: 'failed here', fr: 'échec ici' },
});

/** What phases are called that several kinds have; others are shown as their kind names them. */
const PHASES: Readonly<Record<string, Message>> = {
  resolve: { en: 'look up the name', fr: 'résolution du nom' },
  connect: { en: 'connect', fr: 'connexion' },
  tls: { en: 'TLS handshake', fr: 'négociation TLS' },
  auth: { en: 'log in', fr: 'identification' },
  greeting: { en: 'greeting', fr: 'accueil' },
  read: { en: 'read', fr: 'lecture' },
  ping: { en: 'ping', fr: 'ping' },
  tenants: { en: 'tenants', fr: 'locataires' },
  queues: { en: 'queues', fr: 'files' },
  metadata: { en: 'metadata', fr: 'métadonnées' },
  query: { en: 'query', fr: 'requête' },
  processing: { en: 'wait for the answer', fr: 'attente de la réponse' },
  transfer: { en: 'read the answer', fr: 'lecture de la réponse' },
};
