import { SERVICE_COUNT_WORDS, SERVICE_LOOKS } from '../../components/service-state.tsx';
import { SERVICE_STATE_NAMES } from '../../components/service-states.ts';
import { StateShape } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import type { TierRow } from './grouping.ts';
import { tierText } from './tier-words.ts';

/** The head of a tier: what it is, and how its services are. */
export function TierHead({ row, index, top }: { row: TierRow; index: number; top: number }) {
  const t = useT();
  return (
    <tr className="tier-head" aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      <th scope="rowgroup" colSpan={6}>
        <span className="tier-name">{tierText(row.tier, t)}</span>
        {SERVICE_STATE_NAMES.filter((state) => row.counts[state] > 0).map((state) => (
          <span key={state} className="tier-count">
            <StateShape look={SERVICE_LOOKS[state]} size={12} />
            {row.counts[state]}{' '}
            <span className="tier-word">{t(SERVICE_COUNT_WORDS[state], { count: row.counts[state] })}</span>
          </span>
        ))}
      </th>
    </tr>
  );
}
