/** Which alerts are shown, and how they are put together. */

export const GROUPINGS = ['severity', 'name', 'environment', 'check', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;

export interface AlertsSearch {
  state?: 'resolved' | 'all';
  severity?: (typeof SEVERITIES)[number];
  environment?: string;
  /** A matcher such as `team="db"`. */
  filter?: string;
  group?: Grouping;
  /** `acked` or `held`: only those. */
  only?: 'acked' | 'unacked' | 'held';
}

/** What the address of the alerts says besides its path. */
export function readSearch(search: Record<string, unknown>): AlertsSearch {
  const { state, severity, environment, filter, group, only } = search;
  return {
    ...given(
      'state',
      (['resolved', 'all'] as const).find((one) => one === state),
    ),
    ...given(
      'severity',
      SEVERITIES.find((one) => one === severity),
    ),
    ...given('environment', typeof environment === 'string' && environment !== '' ? environment : undefined),
    ...given('filter', typeof filter === 'string' && filter !== '' ? filter : undefined),
    ...given(
      'group',
      GROUPINGS.find((one) => one === group),
    ),
    ...given(
      'only',
      (['acked', 'unacked', 'held'] as const).find((one) => one === only),
    ),
  };
}

function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, V>>);
}

/** The same as the native API asks for it. */
export function queryOf(search: AlertsSearch): Record<string, string | undefined> {
  const { state, severity, environment, filter, only } = search;
  return {
    state: state === 'all' ? undefined : (state ?? 'firing'),
    severity,
    environment,
    filter,
    held: only === 'held' ? 'true' : undefined,
    acked: only === 'acked' ? 'true' : only === 'unacked' ? 'false' : undefined,
  };
}
