import { CheckField, SelectField, TextField } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { durationText } from '../../i18n/time.ts';
import { DurationField } from '../check-editor/duration-field.tsx';
import { tierText } from '../services/tier-words.ts';
import type { PaceDraft } from './draft.ts';
import type { FormPart } from './form-part.ts';

const TIERS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Tiers that have a meaning of their own; further ones are shown where they are in use. */
const USUAL_TIERS = 4;
/** Patience of a pace that somebody begins to set, in intervals. */
const GRACE_INTERVALS = 3;

/** How often it is looked at, and when its failures count. */
export function PacePart({ kind, draft, change, errorOf }: FormPart) {
  const t = useT();
  const { tier, pace, failures } = draft;
  const usual: PaceDraft = {
    interval: Math.ceil(kind.interval),
    timeout: String(kind.timeout),
    grace: Math.ceil(kind.interval * GRACE_INTERVALS),
  };
  return (
    <Card title={t(messages.title)}>
      <SelectField
        label={t(messages.tier)}
        hint={t(messages.tierHint)}
        error={errorOf('tier')}
        value={tier === null ? '' : String(tier)}
        onChange={({ target: { value } }) => change({ tier: value === '' ? null : Number(value) })}
      >
        {[null, ...TIERS.filter((one) => one <= USUAL_TIERS || one === tier)].map((one) => (
          <option key={one} value={one ?? ''}>
            {tierText(one, t)}
          </option>
        ))}
      </SelectField>
      <TextField
        type="number"
        min={1}
        max={100}
        label={t(messages.failures)}
        hint={t(messages.failuresHint)}
        error={errorOf('failures')}
        value={failures === 0 ? '' : String(failures)}
        onChange={(event) => change({ failures: Math.round(event.target.valueAsNumber || 0) })}
      />
      <CheckField
        label={t(messages.own)}
        hint={t(messages.ownHint)}
        checked={pace !== null}
        onChange={(event) => change({ pace: event.target.checked ? usual : null })}
      />
      {pace !== null && (
        <PaceFields kind={kind} pace={pace} errorOf={errorOf} onChange={(next) => change({ pace: next })} />
      )}
    </Card>
  );
}

interface PaceFieldsProps extends Pick<FormPart, 'kind' | 'errorOf'> {
  pace: PaceDraft;
  onChange(pace: PaceDraft): void;
}

function PaceFields({ kind, pace, errorOf, onChange }: PaceFieldsProps) {
  const t = useT();
  const language = useLanguage();
  return (
    <>
      <DurationField
        label={t(messages.interval)}
        hint={t(messages.usual, { length: durationText(kind.interval, language, 'long') })}
        error={errorOf('interval')}
        value={pace.interval}
        onChange={(interval) => onChange({ ...pace, interval })}
        slider
      />
      <TextField
        type="number"
        min={0.1}
        max={300}
        step="any"
        label={t(messages.timeout)}
        hint={t(messages.usual, { length: durationText(kind.timeout, language, 'long') })}
        error={errorOf('timeout')}
        value={pace.timeout}
        onChange={(event) => onChange({ ...pace, timeout: event.target.value })}
      />
      <DurationField
        label={t(messages.grace)}
        hint={t(messages.graceHint)}
        error={errorOf('grace')}
        value={pace.grace}
        onChange={(grace) => onChange({ ...pace, grace })}
        slider
      />
    </>
  );
}

const messages = defineMessages({
  title: { en: 'How often is it looked at?', fr: 'À quelle fréquence le sonder ?' },
  tier: { en: 'Tier', fr: 'Niveau' },
  tierHint: {
    en: 'How much it matters: it groups the list and gives interval and grace.',
    fr: 'Son importance : il groupe la liste et donne l’intervalle et le délai de grâce.',
  },
  failures: { en: 'Failed runs in a row that count', fr: 'Échecs de suite qui comptent' },
  failuresHint: {
    en: 'With more than one, a single hiccup wakes nobody.',
    fr: 'Au-delà d’un, un simple hoquet ne réveille personne.',
  },
  own: { en: 'Set interval, timeout and grace', fr: 'Régler intervalle, durée et délai de grâce' },
  ownHint: { en: 'Else its tier and its kind say them.', fr: 'Sinon, son niveau et son type les donnent.' },
  interval: { en: 'Interval', fr: 'Intervalle' },
  timeout: { en: 'Timeout, seconds', fr: 'Durée maximale, secondes' },
  grace: { en: 'Grace', fr: 'Délai de grâce' },
  usual: { en: 'Usual for this kind: {length}', fr: 'Habituel pour ce type : {length}' },
  graceHint: {
    en: 'It is down when no run reports for so long.',
    fr: 'Il est en panne si aucun passage ne rend compte pendant ce temps.',
  },
});
