import type { Alert, Delivery } from '@vigie/contract';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';
import { toldBy } from './what-hurts.ts';

/** Whether somebody is at an alert, was told of it, or why nobody was. */
export function WhoKnows({ alert, deliveries }: { alert: Alert; deliveries: readonly Delivery[] }) {
  const t = useT();
  const hold = alert.held[0];
  if (alert.acknowledged !== null) {
    return (
      <span>
        {t(messages.acknowledged, { by: alert.acknowledged.by })} <Ago at={alert.acknowledged.at} />
      </span>
    );
  }
  if (hold !== undefined) {
    return (
      <span>
        {t(HELD[hold.by], { text: hold.text })}, {t(messages.lookedAt)} <Ago at={hold.until} />
      </span>
    );
  }
  if (alert.untold) return <strong className="now-untold">{t(messages.untold)}</strong>;
  if (alert.notified_at === null) return <span>{t(messages.waiting)}</span>;
  const names = toldBy(alert, deliveries).join(', ');
  return (
    <span>
      {names === '' ? t(messages.told) : t(messages.toldBy, { names })} <Ago at={alert.notified_at} />
    </span>
  );
}

const messages = defineMessages({
  acknowledged: { en: 'acknowledged by {by}', fr: 'pris en charge par {by}' },
  lookedAt: { en: 'looked at again', fr: 'revu' },
  untold: { en: 'nobody was told', fr: 'personne n’a été prévenu' },
  waiting: { en: 'a message is on its way', fr: 'un message est en route' },
  told: { en: 'told', fr: 'annoncé' },
  toldBy: { en: 'told {names}', fr: 'annoncé à {names}' },
});

const HELD: Record<Alert['held'][number]['by'], Message> = defineMessages({
  silence: { en: 'held by the silence “{text}”', fr: 'retenu par le silence « {text} »' },
  maintenance: { en: 'held by the maintenance “{text}”', fr: 'retenu par la maintenance « {text} »' },
  dependency: { en: 'waits for {text}, on which it depends', fr: 'attend {text}, dont il dépend' },
  flapping: { en: 'held because it flaps', fr: 'retenu car il bascule sans cesse' },
});
