import type { ProbeRunView } from '@vigie/contract';
import { IconButton } from '../../components/button.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { RunAnswer } from './run-answer.tsx';

/** The answer to a run that was asked for here. */
export function ProbedCard({ run, onClose }: { run: ProbeRunView; onClose(): void }) {
  const t = useT();
  return (
    <Card
      title={t(messages.title)}
      actions={<IconButton icon="close" label={t(messages.close)} onClick={onClose} />}
    >
      <RunAnswer run={run} />
    </Card>
  );
}

const messages = defineMessages({
  title: { en: 'Probed just now', fr: 'Sondé à l’instant' },
  close: { en: 'Close the answer', fr: 'Fermer la réponse' },
});
