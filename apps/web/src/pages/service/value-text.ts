import type { Language } from '../../i18n/messages.ts';
import { sizeText } from '../../i18n/size.ts';
import { durationText, instantText } from '../../i18n/time.ts';

/** Endings of the names of measurements that are instants, in epoch seconds. */
const INSTANT = /_(?:timestamp_seconds|time_seconds|expiry)$/;
/** Below it a number of seconds is no instant of our days. */
const FIRST_INSTANT = 1_000_000_000;

/** A measured value in the unit that its name ends in, as the exporters name them. */
export function valueText(name: string, value: number, language: Language): string {
  if (INSTANT.test(name) && value > FIRST_INSTANT) return instantText(value * 1_000, language);
  if (name.endsWith('_seconds') && value >= 0) return durationText(value, language);
  if (name.endsWith('_bytes') && value >= 0) return sizeText(value, language);
  if (name.endsWith('_ratio'))
    return numberText(value, language, { style: 'percent', maximumFractionDigits: 1 });
  return numberText(value, language, { maximumSignificantDigits: 6 });
}

function numberText(value: number, language: Language, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(language, options).format(value);
}
