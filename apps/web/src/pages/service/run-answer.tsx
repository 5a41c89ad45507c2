import './run.css';
import type { ProbeRunView } from '@vigie/contract';
import { REASON_WORDS } from '../../components/reason-words.ts';
import { StateShape } from '../../components/status.tsx';
import { Duration } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { RunPhases } from './run-phases.tsx';

/** What one run found: well or why not, in how long, and where the time went. */
export function RunAnswer({ run }: { run: ProbeRunView }) {
  const t = useT();
  return (
    <div className="stack-tight">
      <p className="run-outcome">
        <StateShape look={run.ok ? 'up' : 'down'} />
        <strong>
          {run.reason === null ? t(messages.well) : t(messages.failed, { why: t(REASON_WORDS[run.reason]) })}
        </strong>
        <Duration seconds={run.duration} />
      </p>
      <RunMessage run={run} />
      <RunPhases run={run} />
    </div>
  );
}

/** What a probe met, as the service or the system said it: English. Limits that are passed are worded for the reader. */
export function RunMessage({ run }: { run: Pick<ProbeRunView, 'message' | 'reason'> }) {
  if (run.message === '') return null;
  const isWorded = run.reason === 'threshold';
  return (
    <p className="run-message" dir="ltr" {...(isWorded ? {} : { lang: 'en' })}>
      {run.message}
    </p>
  );
}

const messages = defineMessages({
  well: { en: 'It is well.', fr: 'Il va bien.' },
  failed: { en: 'It failed: {why}.', fr: 'Échec : {why}.' },
});
