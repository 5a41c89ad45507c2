import { Button, IconButton } from '../../components/button.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useAcknowledge } from './acknowledge.ts';
import type { AlertSelection } from './selection.ts';

/** What can be done to all chosen alerts. */
export function SelectionBar({ selection: { chosen, clear } }: { selection: AlertSelection }) {
  const t = useT();
  const acknowledge = useAcknowledge();
  if (chosen.length === 0) return null;
  return (
    <div className="alert-bar" role="toolbar" aria-label={t(messages.title)}>
      <IconButton icon="close" label={t(messages.clear)} onClick={clear} />
      <strong role="status">{t(messages.chosen, { count: chosen.length })}</strong>
      <Button look="primary" icon="check" aria-keyshortcuts="a" onClick={() => acknowledge(chosen)}>
        {t(messages.acknowledge)}
      </Button>
    </div>
  );
}

const messages = defineMessages({
  title: { en: 'Actions on the selected alerts', fr: 'Actions sur les alertes sélectionnées' },
  clear: { en: 'Clear the selection', fr: 'Effacer la sélection' },
  chosen: { en: '{count} selected', fr: '{count, plural, one {# sélectionnée} other {# sélectionnées}}' },
  acknowledge: { en: 'Acknowledge', fr: 'Prendre en charge' },
});
