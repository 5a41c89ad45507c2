import { ALIASES_OF, EXPRESSION_ONLY_ZONES, ZONES_BY_AREA } from './timezone-names.ts';

/** The 483 canonical IANA names a check may use, sorted. */
export const TIME_ZONES: readonly string[] = Object.entries(ZONES_BY_AREA)
  .flatMap(([area, places]) =>
    places.match(/\S+/g)!.map((place) => (area === '' ? place : `${area}/${place}`)),
  )
  .sort();

const canonicalByName = new Map(TIME_ZONES.map((name) => [name, name]));
for (const [canonical, aliases] of Object.entries(ALIASES_OF)) {
  for (const alias of aliases.split(' ')) canonicalByName.set(alias, canonical);
}

/**
 * The canonical name of a time zone: `Europe/Kiev` gives `Europe/Kyiv`, a canonical name gives itself.
 * Null when the name is unknown; names are case-sensitive, as in tzdata.
 */
export function canonicalTimeZone(name: string): string | null {
  return canonicalByName.get(name) ?? null;
}

/**
 * The zone meant by a name at the end of an OnCalendar expression. Any tzdata name counts there, also the two
 * that checks are not offered; null when unknown.
 */
export function expressionTimeZone(name: string): string | null {
  if (Object.hasOwn(EXPRESSION_ONLY_ZONES, name)) return EXPRESSION_ONLY_ZONES[name]!;
  return canonicalTimeZone(name);
}
