/** What an alert is: the words are Alertmanager's. Times are epoch milliseconds. */
import type { AlertRow } from '../store/schema.ts';

export type Labels = Readonly<Record<string, string>>;

/** What kind of thing raised it. */
export const ALERT_SOURCES = ['check', 'probe', 'rule', 'log', 'objective', 'api'] as const;
export type AlertSource = (typeof ALERT_SOURCES)[number];

/** How bad it is: the first two open an incident. P1 to P4 are the same four in another dress. */
export const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

const PRIORITIES: ReadonlyMap<string, Severity> = new Map([
  ['p1', 'critical'],
  ['p2', 'error'],
  ['p3', 'warning'],
  ['p4', 'info'],
]);

/** The severity that a label's value means; what is none of the known ones is an error. */
export function severityOf(value: string | undefined): Severity {
  const known = value?.toLowerCase() ?? '';
  return PRIORITIES.get(known) ?? SEVERITIES.find((severity) => severity === known) ?? 'error';
}

/** Whether an alert is worth an incident: critical, P1 or P2. */
export function opensIncident(labels: Labels): boolean {
  const value = (labels['severity'] ?? labels['priority'] ?? '').toLowerCase();
  return value === 'critical' || value === 'p1' || value === 'p2';
}

/** What an alert says at one time; posting it again with the same identity says it anew. */
export interface PostedAlert {
  projectId: number;
  environment: string;
  source: AlertSource;
  /** What makes two posts the same alert within a project. */
  identity: string;
  labels: Labels;
  annotations: Labels;
  generatorUrl: string;
  /** The check it is about, and the flip that says so; null = no check's. */
  check: { id: number; flipId: string | null } | null;
  startsAt: number;
  /** From when it is over: in the past = it is. null = when its source says so. */
  endsAt: number | null;
  /** `endsAt` is a time-out, not the sender's word. */
  timedOut: boolean;
  /** Ends it without a word to anybody: its owner did something that needs no news (a pause, a deletion). */
  quiet?: string;
  /** Ids of the channels that are told, in place of the check's or the project's. */
  route?: readonly number[];
  /** Made for practice: nothing is wrong. */
  drill?: boolean;
}

/** An alert as its row holds it, with what is JSON there read. */
export interface Alert extends Omit<AlertRow, 'labels' | 'annotations'> {
  labels: Labels;
  annotations: Labels;
}

export function alertFrom(row: AlertRow): Alert {
  return {
    ...row,
    labels: JSON.parse(row.labels) as Labels,
    annotations: JSON.parse(row.annotations) as Labels,
  };
}

/** JSON with its keys sorted, so that equal sets are equal texts. */
export function labelsText(labels: Labels): string {
  const names = Object.keys(labels);
  if (isSorted(names)) return JSON.stringify(labels);
  return JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, labels[name]])));
}

/** Whether names are in order already, as those of checks' alerts are: making the object anew costs the most. */
function isSorted(names: readonly string[]): boolean {
  return names.every((name, i) => i === 0 || (names[i - 1] ?? '') < name);
}

/** The kind of work whose keys are ids of alerts: something about them is due. */
export const ALERT_WORK = 'alert';
