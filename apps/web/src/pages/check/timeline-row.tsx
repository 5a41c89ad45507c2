import { Link } from '@tanstack/react-router';
import type { Delivery, Flip, Ping, TimelineEntry } from '@vigie/contract';
import { Icon } from '../../components/icon.tsx';
import { LOOK_OF, readStatus, STATUS_WORDS, StateShape } from '../../components/status.tsx';
import { Ago, Duration } from '../../components/time.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';
import { sizeText } from '../../i18n/size.ts';
import { PING_WORDS, pingLook, wayText } from './ping-words.ts';

interface TimelineRowProps {
  entry: TimelineEntry;
  /** Whether somebody pings the check; else the server itself looks at a service for it. */
  isPinged: boolean;
}

/** One thing that happened. */
export function TimelineRow({ entry, isPinged }: TimelineRowProps) {
  return (
    <li className={`timeline-row timeline-${entry.kind}`}>
      <Happening entry={entry} isPinged={isPinged} />
      <span className="timeline-at soft">
        <Ago at={entry.at} />
      </span>
    </li>
  );
}

function Happening({ entry, isPinged }: TimelineRowProps) {
  switch (entry.kind) {
    case 'ping':
      return <PingWords ping={entry.ping} />;
    case 'flip':
      return <FlipWords flip={entry.flip} isPinged={isPinged} />;
    case 'delivery':
      return <DeliveryWords delivery={entry.delivery} />;
  }
}

function PingWords({ ping }: { ping: Ping }) {
  const t = useT();
  const language = useLanguage();
  const look = pingLook(ping);
  return (
    <>
      <span className="timeline-mark">
        {look === null ? (
          <Icon name={ping.type === 'start' ? 'play' : 'more'} size={14} />
        ) : (
          <StateShape look={look} size={13} />
        )}
      </span>
      <span className="timeline-text">
        <Link to="." search={(before) => ({ ...before, ping: ping.n })} resetScroll={false}>
          {t(PING_WORDS[ping.type])} #{ping.n}
        </Link>
        {ping.exitstatus !== null && <span>{t(messages.exit, { status: ping.exitstatus })}</span>}
        {ping.duration !== null && <Duration seconds={ping.duration} />}
        <span className="soft small">
          {wayText(ping, t)} {ping.remote_addr}
          {ping.size > 0 && ` · ${sizeText(ping.size, language)}`}
        </span>
      </span>
    </>
  );
}

function FlipWords({ flip, isPinged }: { flip: Flip; isPinged: boolean }) {
  const t = useT();
  const status = readStatus(flip.to);
  return (
    <>
      <span className="timeline-mark">{status !== null && <StateShape look={LOOK_OF[status]} />}</span>
      <span className="timeline-text">
        <strong>{status === null ? flip.to : t(messages.became, { status: t(STATUS_WORDS[status]) })}</strong>
        {flip.reason !== '' && <span>{t(reasonOf(flip.reason, isPinged))}</span>}
      </span>
    </>
  );
}

function reasonOf(reason: 'timeout' | 'fail', isPinged: boolean): Message {
  if (reason === 'timeout') return messages.timeout;
  return isPinged ? messages.fail : messages.runFailed;
}

function DeliveryWords({ delivery }: { delivery: Delivery }) {
  const t = useT();
  const to = delivery.channel_name ?? t(messages.goneChannel);
  return (
    <>
      <span className="timeline-mark">
        <Icon name="channels" size={14} />
      </span>
      <span className="timeline-text">
        <span>{t(MESSAGE_TO[delivery.kind] ?? messages.message, { to })}</span>
        <span className={delivery.state === 'failed' ? 'timeline-bad' : 'soft'}>
          {t(STATES[delivery.state] ?? messages.other, { state: delivery.state, count: delivery.attempts })}
        </span>
        {delivery.error !== '' && <span className="timeline-bad wrap-anywhere">{delivery.error}</span>}
      </span>
    </>
  );
}

const messages = defineMessages({
  exit: { en: 'exit status {status}', fr: 'code de sortie {status}' },
  became: { en: 'It is {status}', fr: 'Il est {status}' },
  timeout: { en: 'no ping arrived in time', fr: 'aucun ping n’est arrivé à temps' },
  fail: { en: 'it reported a failure', fr: 'il a signalé un échec' },
  runFailed: { en: 'a run of its probe failed', fr: 'un passage de sa sonde a échoué' },
  goneChannel: { en: 'a deleted channel', fr: 'un canal supprimé' },
  message: { en: 'Message to {to}', fr: 'Message à {to}' },
  other: { en: '{state}', fr: '{state}' },
});

const MESSAGE_TO: Readonly<Record<string, Message>> = defineMessages({
  firing: { en: 'Alarm to {to}', fr: 'Alarme à {to}' },
  resolved: { en: 'All-clear to {to}', fr: 'Fin d’alerte à {to}' },
  test: { en: 'Test message to {to}', fr: 'Message d’essai à {to}' },
  digest: { en: 'Gathered message to {to}', fr: 'Message groupé à {to}' },
  notice: { en: 'Notice to {to}', fr: 'Avis à {to}' },
});

const STATES: Readonly<Record<string, Message>> = defineMessages({
  queued: {
    en: '{count, plural, =0 {waits to be sent} one {tried once, tried again soon} other {tried # times, tried again soon}}',
    fr: '{count, plural, =0 {envoi en attente} one {un essai, bientôt un autre} other {# essais, bientôt un autre}}',
  },
  sent: { en: 'sent', fr: 'envoi réussi' },
  failed: {
    en: 'failed after {count, plural, one {# try} other {# tries}}',
    fr: 'échec après {count, plural, one {# essai} other {# essais}}',
  },
  skipped: { en: 'not sent: no longer wanted', fr: 'pas d’envoi : devenu inutile' },
  gathered: { en: 'part of a gathered message', fr: 'dans un message groupé' },
});
