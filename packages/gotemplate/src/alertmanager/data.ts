import { getter } from '../time/duration.ts';
import { goTime } from '../time/time.ts';
import { textsOf } from '../values/argument.ts';
import { GoFunction } from '../values/function.ts';
import type { GoType } from '../values/go-type.ts';
import { compareBytes } from '../values/utf8.ts';
import { GoMap, GoSlice, GoStruct, type GoValue, stringMap, struct } from '../values/value.ts';

/** An alert as a notification tells of it. */
export interface NotifiedAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** Milliseconds since 1970; undefined while it fires. */
  readonly endsAt?: number;
  readonly generatorUrl: string;
  readonly fingerprint: string;
}

/** What a notification is about. */
export interface NotificationData {
  readonly receiver: string;
  readonly status: 'firing' | 'resolved';
  readonly alerts: readonly NotifiedAlert[];
  readonly notificationReason: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly commonLabels: Readonly<Record<string, string>>;
  readonly commonAnnotations: Readonly<Record<string, string>>;
  readonly routeLabels: Readonly<Record<string, string>>;
  readonly externalUrl: string;
}

/** Go's time that is none: the year 1. */
const NO_TIME = -62_135_596_800_000;
/** The label that comes first wherever labels are sorted. */
const FIRST = 'alertname';

const STRINGS: GoType<GoSlice> = { name: 'template.Strings', element: 'string', underlying: '[]string' };
const PAIR: GoType<GoStruct> = { name: 'template.Pair' };

const PAIRS: GoType<GoSlice> = {
  name: 'template.Pairs',
  element: PAIR.name,
  text: (pairs) => pairs.items.map((pair) => `${member(pair, 'Name')}=${member(pair, 'Value')}`).join(', '),
  methods: {
    Names: (pairs) => getter(() => strings(pairs, 'Name')),
    Values: (pairs) => getter(() => strings(pairs, 'Value')),
    String: (pairs) => getter(() => PAIRS.text?.(pairs) ?? ''),
  },
};

/** Labels or annotations. */
const KV: GoType<GoMap> = {
  name: 'template.KV',
  element: 'string',
  underlying: 'map[string]string',
  text: (labels) => PAIRS.text?.(sortedPairs(labels)) ?? '',
  methods: {
    SortedPairs: (labels) => getter(() => sortedPairs(labels)),
    Names: (labels) => getter(() => strings(sortedPairs(labels), 'Name')),
    Values: (labels) => getter(() => strings(sortedPairs(labels), 'Value')),
    Remove: (labels) =>
      new GoFunction({ parameters: ['[]string'] }, ([names]) => without(labels, textsOf(names))),
    String: (labels) => getter(() => KV.text?.(labels) ?? ''),
  },
};

const ALERT: GoType<GoStruct> = {
  name: 'template.Alert',
  jsonNames: {
    Status: 'status',
    Labels: 'labels',
    Annotations: 'annotations',
    StartsAt: 'startsAt',
    EndsAt: 'endsAt',
    GeneratorURL: 'generatorURL',
    Fingerprint: 'fingerprint',
  },
};
/** Alerts of one status: a slice without the methods of all. */
const SOME_ALERTS: GoType<GoSlice> = { name: '[]template.Alert', element: ALERT.name };
const ALERTS: GoType<GoSlice> = {
  name: 'template.Alerts',
  element: ALERT.name,
  methods: {
    Firing: (alerts) => getter(() => ofStatus(alerts, 'firing')),
    Resolved: (alerts) => getter(() => ofStatus(alerts, 'resolved')),
  },
};

const DATA: GoType<GoStruct> = {
  name: '*template.Data',
  jsonNames: {
    Receiver: 'receiver',
    Status: 'status',
    Alerts: 'alerts',
    NotificationReason: 'notification_reason',
    GroupLabels: 'groupLabels',
    CommonLabels: 'commonLabels',
    CommonAnnotations: 'commonAnnotations',
    RouteLabels: 'routeLabels',
    ExternalURL: 'externalURL',
  },
};

function member(pair: GoValue, name: 'Name' | 'Value'): string {
  const value = pair instanceof GoStruct ? pair.fields.get(name) : undefined;
  return typeof value === 'string' ? value : '';
}

function strings(pairs: GoSlice, name: 'Name' | 'Value'): GoSlice {
  return new GoSlice(
    pairs.items.map((pair) => member(pair, name)),
    STRINGS,
  );
}

function sortedPairs({ entries }: GoMap): GoSlice {
  const sorted = [...entries].sort(
    ([a], [b]) => Number(b === FIRST) - Number(a === FIRST) || compareBytes(a, b),
  );
  return new GoSlice(
    sorted.map(([name, value]) => struct(PAIR, { Name: name, Value: value })),
    PAIRS,
  );
}

function without({ entries }: GoMap, names: readonly string[]): GoMap {
  const removed = new Set(names);
  return new GoMap(new Map([...entries].filter(([name]) => !removed.has(name))), KV);
}

function ofStatus({ items }: GoSlice, status: 'firing' | 'resolved'): GoSlice {
  const kept = items.filter((alert) => alert instanceof GoStruct && alert.fields.get('Status') === status);
  return new GoSlice(kept, SOME_ALERTS);
}

function alertOf(alert: NotifiedAlert): GoStruct {
  return struct(ALERT, {
    Status: alert.status,
    Labels: stringMap(alert.labels, KV),
    Annotations: stringMap(alert.annotations, KV),
    StartsAt: goTime(alert.startsAt),
    EndsAt: goTime(alert.endsAt ?? NO_TIME),
    GeneratorURL: alert.generatorUrl,
    Fingerprint: alert.fingerprint,
  });
}

/** A notification as Alertmanager's templates see it: `.Alerts`, `.CommonLabels` and the others. */
export function notificationData(data: NotificationData): GoStruct {
  return struct(DATA, {
    Receiver: data.receiver,
    Status: data.status,
    Alerts: new GoSlice(data.alerts.map(alertOf), ALERTS),
    NotificationReason: data.notificationReason,
    GroupLabels: stringMap(data.groupLabels, KV),
    CommonLabels: stringMap(data.commonLabels, KV),
    CommonAnnotations: stringMap(data.commonAnnotations, KV),
    RouteLabels: stringMap(data.routeLabels, KV),
    ExternalURL: data.externalUrl,
  });
}
