import { Link } from '@tanstack/react-router';
import type { Alert } from '@vigie/contract';
import { memo } from 'react';
import { Button } from '../../components/button.tsx';
import { StateShape } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay } from '../../shell/project.ts';
import { isOpen, useAcknowledge } from './acknowledge.ts';
import { AlertLine } from './alert-line.tsx';
import { lookOf, titleOf } from './alert-words.ts';
import { tellingLabels } from './grouping.ts';
import { HoldTexts } from './hold-text.tsx';
import { SilenceMenu } from './silence-menu.tsx';

interface AlertRowProps {
  alert: Alert;
  /** Where several can be chosen: whether this one is. */
  selected?: boolean;
  onSelect?: (id: string) => void;
}

/**
 * An alert in a list: what, since when, who is at it, and what can be done in one click. In a flood only the rows
 * that changed are rendered again.
 */
export const AlertRow = memo(function AlertRow({ alert, selected = false, onSelect }: AlertRowProps) {
  const t = useT();
  const mayWrite = useMay('member');
  const title = titleOf(alert);
  const { summary } = alert;
  const labels = tellingLabels(alert, title);
  return (
    <div className="alert-row" data-alert={alert.id} data-selected={selected || undefined}>
      {onSelect !== undefined && (
        <input
          type="checkbox"
          className="alert-tick"
          aria-label={t(messages.select, { name: title })}
          checked={selected}
          disabled={!isOpen(alert)}
          onChange={() => onSelect(alert.id)}
        />
      )}
      <StateShape look={lookOf(alert)} size={18} />
      <div className="alert-what">
        <Link
          to="/projects/$project/alerts/$alert"
          params={{ project: alert.project, alert: alert.id }}
          className="alert-title clamped"
          title={title}
          dir="auto"
        >
          {title}
        </Link>
        {summary !== '' && (
          <p className="clamped" dir="auto">
            {summary}
          </p>
        )}
        <AlertLine alert={alert} />
        <HoldTexts alert={alert} />
        {labels.length > 0 && (
          <ul className="label-chips">
            {labels.map(([name, value]) => (
              <li key={name} className="chip" dir="auto">
                {name}={value}
              </li>
            ))}
          </ul>
        )}
      </div>
      {mayWrite && alert.state === 'firing' && <RowButtons alert={alert} title={title} />}
    </div>
  );
});

function RowButtons({ alert, title }: { alert: Alert; title: string }) {
  const t = useT();
  const acknowledge = useAcknowledge();
  return (
    <div className="row">
      {isOpen(alert) && (
        <Button
          icon="check"
          aria-label={t(messages.acknowledgeOne, { name: title })}
          onClick={({ currentTarget }) => {
            // The button goes; whoever works with keys stays in the row.
            currentTarget.closest('.alert-row')?.querySelector('a')?.focus();
            acknowledge([alert]);
          }}
        >
          {t(messages.acknowledge)}
        </Button>
      )}
      {alert.silenced === null && (
        <SilenceMenu
          alert={alert}
          trigger={
            <Button icon="silence" aria-label={t(messages.silenceOne, { name: title })}>
              {t(messages.silence)}
            </Button>
          }
        />
      )}
    </div>
  );
}

const messages = defineMessages({
  acknowledge: { en: 'Acknowledge', fr: 'Prendre en charge' },
  acknowledgeOne: { en: 'Acknowledge {name}', fr: 'Prendre en charge {name}' },
  silence: { en: 'Silence', fr: 'Silence' },
  silenceOne: { en: 'Silence {name}', fr: 'Silence pour {name}' },
  select: { en: 'Select {name}', fr: 'Sélectionner {name}' },
});
