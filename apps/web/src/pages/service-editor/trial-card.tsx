import type { ProbeKind, ProbeRunView } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { Card } from '../../components/page.tsx';
import type { Submit } from '../../components/submit.ts';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { seriesText } from '../service/limits.ts';
import { RunAnswer } from '../service/run-answer.tsx';
import { valueText } from '../service/value-text.ts';
import { type ServiceDraft, settingsOf } from './draft.ts';

/** Measurements that a trial shows; all of them stand on the page of a service. */
const SHOWN = 12;

interface TrialProps {
  kind: ProbeKind;
  draft: ServiceDraft;
  /** The stored service, whose secrets are used where none are given. */
  stored: string | undefined;
  trial: Submit;
  /** What the last trial found. */
  run: ProbeRunView | null;
  onRun(run: ProbeRunView | null): void;
}

/** Runs what the form says once, and shows what came. Nothing is stored, and nobody is told. */
export function TrialCard({ kind, draft, stored, trial, run, onRun }: TrialProps) {
  const t = useT();
  const { id: project } = useProject();
  const tryIt = async (): Promise<void> => {
    onRun(null);
    const body = {
      kind: kind.kind,
      settings: settingsOf(draft, kind, stored === undefined),
      ...(draft.pace === null ? {} : { timeout: Number(draft.pace.timeout) }),
      ...(stored === undefined ? {} : { service: stored }),
    };
    onRun(await call<ProbeRunView>('POST', '/probes/run', { query: { project }, body }));
  };
  return (
    <Card
      title={t(messages.title)}
      actions={
        <Button icon="probe" busy={trial.busy} onClick={() => void trial.run(tryIt)}>
          {t(messages.tryIt)}
        </Button>
      }
    >
      <FormProblem text={trial.problem} />
      <div aria-live="polite">
        {run === null ? (
          <p className="soft">{t(trial.busy ? messages.busy : messages.what)}</p>
        ) : (
          <div className="stack-tight">
            <RunAnswer run={run} />
            <Measured run={run} />
          </div>
        )}
      </div>
    </Card>
  );
}

function Measured({ run: { measurements } }: { run: ProbeRunView }) {
  const t = useT();
  const language = useLanguage();
  if (measurements.length === 0) return null;
  const shown = measurements.slice(0, SHOWN);
  return (
    <dl className="trial-measured">
      {shown.map((one) => (
        <div key={seriesText(one)}>
          <dt>
            <code>{seriesText(one)}</code>
          </dt>
          <dd className="number">{valueText(one.name, one.value, language)}</dd>
        </div>
      ))}
      {measurements.length > shown.length && (
        <div>
          <dt className="soft">{t(messages.more, { count: measurements.length - shown.length })}</dt>
          <dd />
        </div>
      )}
    </dl>
  );
}

const messages = defineMessages({
  title: { en: 'Does it work?', fr: 'Est-ce que ça marche ?' },
  tryIt: { en: 'Try it', fr: 'Essayer' },
  what: {
    en: 'Looks once, now, with what stands in the form. Nothing is stored and nobody is told.',
    fr: 'Regarde une fois, maintenant, avec ce qui est dans le formulaire. Rien n’est enregistré, personne n’est prévenu.',
  },
  busy: { en: 'It is being tried…', fr: 'Essai en cours…' },
  more: {
    en: '{count, plural, one {and one more measurement} other {and # more measurements}}',
    fr: '{count, plural, one {et une autre mesure} other {et # autres mesures}}',
  },
});
