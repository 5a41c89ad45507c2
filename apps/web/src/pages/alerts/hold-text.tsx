import { Link } from '@tanstack/react-router';
import type { Alert } from '@vigie/contract';
import type { ReactNode } from 'react';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** What holds a message back, and which silence would hold the next one. */
export function HoldTexts({ alert: { project, held, silenced } }: { alert: Alert }) {
  const t = useT();
  const linked = (id: string, text: string): ReactNode => (
    <Link to="/projects/$project/silences/$silence" params={{ project, silence: id }}>
      {text}
    </Link>
  );
  const isHeldBySilence = held.some(({ by }) => by === 'silence');
  return (
    <>
      {held.map(({ by, id, text, until }) => (
        <p key={`${by} ${id}`} className="small soft clamped" dir="auto">
          {by === 'silence' ? linked(id, t(messages.silence, { text })) : t(messages[by], { text })};{' '}
          {t(messages.until)} <Ago at={until} />
        </p>
      ))}
      {silenced !== null && !isHeldBySilence && (
        <p className="small soft clamped" dir="auto">
          {linked(silenced.id, t(messages.silenced, { text: silenced.text }))}; {t(messages.ends)}{' '}
          <Ago at={silenced.until} />
        </p>
      )}
    </>
  );
}

const messages = defineMessages({
  silence: { en: 'Held by the silence “{text}”', fr: 'Retenue par le silence « {text} »' },
  maintenance: { en: 'Held by the maintenance “{text}”', fr: 'Retenue par la maintenance « {text} »' },
  dependency: { en: 'Held as “{text}” is down too', fr: 'Retenue car « {text} » est aussi en panne' },
  flapping: { en: 'Held as it flaps', fr: 'Retenue car l’état oscille' },
  until: { en: 'looked at again', fr: 'revue' },
  silenced: { en: 'Silenced by “{text}”', fr: 'En silence par « {text} »' },
  ends: { en: 'it ends', fr: 'il se termine' },
});
