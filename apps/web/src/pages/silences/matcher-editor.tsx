import type { Matcher } from '@vigie/contract';
import { Button, IconButton } from '../../components/button.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { OPERATORS, operatorOf, withOperator } from './matcher-text.ts';

/** A matcher that is being written, with a name of its own for the list. */
export interface DraftMatcher {
  key: number;
  matcher: Matcher;
}

let made = 0;

/** A matcher to go on writing. */
export function draftOf(
  matcher: Matcher = { name: '', value: '', isEqual: true, isRegex: false },
): DraftMatcher {
  made += 1;
  return { key: made, matcher };
}

interface MatcherEditorProps {
  drafts: readonly DraftMatcher[];
  onChange(drafts: readonly DraftMatcher[]): void;
  /** Labels that alerts have now, each with its values. */
  known: ReadonlyMap<string, ReadonlySet<string>>;
  error: string | undefined;
}

/** Conditions on labels, a row each; all must hold. */
export function MatcherEditor({ drafts, onChange, known, error }: MatcherEditorProps) {
  const t = useT();
  const set = (key: number, matcher: Matcher): void =>
    onChange(drafts.map((draft) => (draft.key === key ? { key, matcher } : draft)));
  return (
    <fieldset className="stack">
      <legend className="field-label">{t(messages.title)}</legend>
      <datalist id="label-names">
        {[...known.keys()].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {drafts.map(({ key, matcher }, index) => (
        <div key={key} className="matcher-row">
          <input
            className="control"
            aria-label={t(messages.name, { n: index + 1 })}
            list="label-names"
            placeholder="alertname"
            required
            value={matcher.name}
            onChange={(event) => set(key, { ...matcher, name: event.target.value })}
          />
          <select
            className="control"
            aria-label={t(messages.operator, { n: index + 1 })}
            value={operatorOf(matcher)}
            onChange={(event) => {
              const operator = OPERATORS.find((one) => one === event.target.value);
              if (operator !== undefined) set(key, withOperator(matcher, operator));
            }}
          >
            {OPERATORS.map((operator) => (
              <option key={operator}>{operator}</option>
            ))}
          </select>
          <input
            className="control"
            aria-label={t(messages.value, { n: index + 1 })}
            list={`label-values-${key}`}
            value={matcher.value}
            onChange={(event) => set(key, { ...matcher, value: event.target.value })}
          />
          <datalist id={`label-values-${key}`}>
            {[...(known.get(matcher.name) ?? [])].map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
          <IconButton
            icon="close"
            label={t(messages.remove, { n: index + 1 })}
            disabled={drafts.length === 1}
            onClick={() => onChange(drafts.filter((draft) => draft.key !== key))}
          />
        </div>
      ))}
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
      <div className="row">
        <Button icon="plus" onClick={() => onChange([...drafts, draftOf()])}>
          {t(messages.add)}
        </Button>
      </div>
    </fieldset>
  );
}

const messages = defineMessages({
  title: {
    en: 'Alerts whose labels match all of these',
    fr: 'Alertes dont les étiquettes répondent à tout ceci',
  },
  name: { en: 'Label {n}', fr: 'Étiquette {n}' },
  operator: { en: 'Comparison {n}', fr: 'Comparaison {n}' },
  value: { en: 'Value {n}', fr: 'Valeur {n}' },
  remove: { en: 'Remove condition {n}', fr: 'Retirer la condition {n}' },
  add: { en: 'Another condition', fr: 'Une autre condition' },
});
