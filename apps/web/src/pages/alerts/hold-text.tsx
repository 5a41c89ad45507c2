import type { Alert } from '@vigie/contract';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** What holds a message back, and until when. */
export function HoldText({ hold }: { hold: Alert['held'][number] }) {
  const t = useT();
  return (
    <p className="small soft clamped">
      {t(messages[hold.by], { text: hold.text })} {t(messages.until)} <Ago at={hold.until} />
    </p>
  );
}

const messages = defineMessages({
  silence: { en: 'Held by the silence “{text}”;', fr: 'Retenue par le silence « {text} » ;' },
  maintenance: { en: 'Held by the maintenance “{text}”;', fr: 'Retenue par la maintenance « {text} » ;' },
  dependency: { en: 'Held as “{text}” is down too;', fr: 'Retenue car « {text} » est aussi en panne ;' },
  flapping: { en: 'Held as it flaps;', fr: 'Retenue car l’état oscille ;' },
  until: { en: 'looked at again', fr: 'revue' },
});
