import { Link } from '@tanstack/react-router';
import type { Delivery } from '@vigie/contract';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { KIND_WORDS } from './delivery-words.ts';

/** What a message is about: its kind, the alert, and the check that the alert is of. */
export function About({ delivery }: { delivery: Delivery }) {
  const t = useT();
  const { kind, project, alert, alert_name: alertName, check, check_name: checkName } = delivery;
  const words = KIND_WORDS[kind];
  return (
    <div className="delivery-about">
      {check !== null && (
        <Link to="/projects/$project/checks/$check" params={{ project, check }} dir="auto">
          {checkName || t(messages.nameless)}
        </Link>
      )}
      <span className={check === null && alert === null ? undefined : 'soft small'}>
        {words === undefined ? kind : t(words)}
        {alert !== null && (
          <>
            {' · '}
            <Link to="/projects/$project/alerts/$alert" params={{ project, alert }}>
              {alertName}
            </Link>
          </>
        )}
      </span>
    </div>
  );
}

const messages = defineMessages({
  nameless: { en: 'Check without a name', fr: 'Contrôle sans nom' },
});
