import { StateShape } from '../../components/status.tsx';
import { useLanguage, useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { type Level, type LimitedMeasurement, limitText } from './limits.ts';
import { valueText } from './value-text.ts';

/** A measurement with its labels, its value, and the limits that watch it. */
export function MeasurementRow({ one: { measurement, limits } }: { one: LimitedMeasurement }) {
  const t = useT();
  const language = useLanguage();
  const { name, labels, value } = measurement;
  const shown = (number: number): string => valueText(name, number, language);
  return (
    <tr>
      <td>
        <code className="wrap-anywhere">{name}</code>
        {Object.keys(labels).length > 0 && (
          <span className="measurement-labels">
            {Object.entries(labels).map(([label, text]) => (
              <span key={label} className="chip">
                {label}={text}
              </span>
            ))}
          </span>
        )}
      </td>
      <td className="number" title={String(value)} data-label={t(messages.value)}>
        {shown(value)}
      </td>
      <td {...(limits.length === 0 ? {} : { 'data-label': t(messages.limits) })}>
        {limits.map(({ threshold, passed }) => (
          <span key={`${threshold.op} ${JSON.stringify(threshold.labels)}`} className="measurement-limit">
            {passed !== null && <StateShape look={passed === 'critical' ? 'down' : 'degraded'} size={13} />}
            {LEVELS.flatMap((level) => {
              const limit = threshold[level];
              if (limit === undefined) return [];
              return (
                <span key={level} className={passed === level ? 'measurement-passed' : 'soft'}>
                  {t(messages[level], { limit: limitText(threshold, limit, shown) })}
                </span>
              );
            })}
            {threshold.for !== undefined && threshold.for > 1 && (
              <span className="soft">{t(messages.runs, { count: threshold.for })}</span>
            )}
            {passed !== null && <span className="unseen">{t(messages.passed)}</span>}
          </span>
        ))}
      </td>
    </tr>
  );
}

const LEVELS: readonly Level[] = ['warning', 'critical'];

const messages = defineMessages({
  value: { en: 'Value', fr: 'Valeur' },
  limits: { en: 'Thresholds', fr: 'Seuils' },
  warning: { en: 'warning {limit}', fr: 'avertissement {limit}' },
  critical: { en: 'critical {limit}', fr: 'critique {limit}' },
  runs: { en: 'for {count} runs', fr: 'pendant {count} passages' },
  passed: { en: 'beyond its limit', fr: 'au-delà du seuil' },
});
