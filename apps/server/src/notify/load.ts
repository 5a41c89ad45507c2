/** Reading what is to be sent: for many lanes at once, a few statements whatever their number. */
import { type Kysely, sql } from 'kysely';
import type { FlipReason } from '../checks/model.ts';
import { prepared, type Slots } from '../store/prepared.ts';
import type { Database } from '../store/schema.ts';
import { digestsOf } from './digest.ts';
import type { Digest, LastPing, MessageAlert, MessageCheck, SilenceNotice } from './message.ts';
import { silencesOf } from './silence-notice.ts';
import { SEVERITIES, type Severity } from './texts/texts.ts';

/** The oldest queued delivery of a lane with all that its message needs; what was deleted is null. */
export interface QueuedDelivery {
  id: number;
  key: string;
  kind: (typeof KINDS)[number];
  lane: string;
  attempts: number;
  createdAt: number;
  projectId: number;
  projectName: string;
  channel: { id: number; kind: string; settings: string; disabled: boolean } | null;
  /** Whom it goes to; null = to a channel. */
  userId: number | null;
  flip: { status: 'down' | 'up'; reason: FlipReason; at: number; downSince: number | null } | null;
  alert: (MessageAlert & { severity: Severity }) | null;
  /** Null where it is about no check; one that was deleted has an id and no `check`. */
  checkId: number | null;
  check: MessageCheck | null;
  /** Null where it tells of no flip; one that was cleared has an id and no `flip`. */
  flipId: string | null;
  lastPing: LastPing | null;
  /** What a notice is about; null = it is none, or its silence ends at another time by now. */
  silence: Omit<SilenceNotice, 'hides'> | null;
  /** What was gathered; null = it is no digest. */
  digest: Digest | null;
}

/** The oldest queued delivery of each lane; lanes without one are left out. */
export async function nextDeliveries(db: Kysely<Database>, lanes: string[]): Promise<QueuedDelivery[]> {
  if (lanes.length === 0) return [];
  const rows = await deliveryRows({ db }, { lanes });
  const checkIds = new Set(rows.map((row) => row.check_id).filter((id) => id !== null));
  const checks = await checksById(db, [...checkIds]);
  const silences = await silencesOf(db, rows);
  const digests = await digestsOf(db, rows);
  return rows.map((row) => ({
    ...present(row, row.check_id === null ? null : (checks.get(row.check_id) ?? null)),
    silence: silences.get(row.id) ?? null,
    digest: digests.get(row.id) ?? null,
  }));
}

const KINDS = ['firing', 'resolved', 'test', 'notice', 'digest', 'report'] as const;

type Row = Awaited<ReturnType<typeof deliveryRows>>[number];

const deliveryRows = prepared(({ db }, { each }: Slots<{ lanes: string[] }>) =>
  db
    .selectFrom('deliveries as d')
    .leftJoin('channels as ch', 'ch.id', 'd.channel_id')
    .leftJoin('projects as pr', 'pr.id', 'd.project_id')
    .leftJoin('flips as f', 'f.id', 'd.flip_id')
    .leftJoin('alerts as a', 'a.id', 'd.alert_id')
    .leftJoin('pings as p', (join) =>
      join
        .onRef('p.check_id', '=', 'f.check_id')
        .on('p.n', '=', (e) =>
          e
            .selectFrom('pings as latest')
            .select('latest.n')
            .whereRef('latest.check_id', '=', 'f.check_id')
            .whereRef('latest.created_at', '<=', 'f.created_at')
            .orderBy('latest.n', 'desc')
            .limit(1),
        ),
    )
    .select([
      'd.id',
      'd.key',
      'd.kind',
      'd.lane',
      'd.attempts',
      'd.created_at',
      'd.project_id',
      'd.user_id',
      'd.check_id',
      'd.flip_id',
      'a.id as alert_id',
      'a.name as alert_name',
      'a.severity as alert_severity',
      'a.labels as alert_labels',
      'a.annotations as alert_annotations',
      'a.starts_at as alert_starts_at',
      'a.drill as alert_drill',
      'pr.name as project_name',
      'ch.id as channel_id',
      'ch.kind as channel_kind',
      'ch.settings as channel_settings',
      'ch.disabled as channel_disabled',
      'f.new_status',
      'f.reason',
      'f.created_at as flip_at',
      'p.n as ping_n',
      'p.created_at as ping_at',
      'p.kind as ping_kind',
      'p.scheme as ping_scheme',
      'p.exitstatus as ping_exitstatus',
    ])
    .select((e) => [
      e.fn.coalesce(e.fn<number>('length', ['p.body']), e.lit(0)).as('ping_size'),
      e
        .selectFrom('flips as outage')
        .select((o) => o.fn.max('outage.created_at').as('at'))
        .whereRef('outage.check_id', '=', 'f.check_id')
        .whereRef('outage.created_at', '<=', 'f.created_at')
        .where('outage.new_status', '=', 'down')
        .as('down_since'),
    ])
    .where('d.id', 'in', (e) =>
      e
        .selectFrom('deliveries as queued')
        .select((q) => q.fn.min('queued.id').as('id'))
        // A literal: only then do both engines use the index of queued deliveries.
        .where('queued.state', '=', sql.lit('queued'))
        .where('queued.lane', 'in', each('lanes'))
        .groupBy('queued.lane'),
    ),
);

const checkRows = prepared(({ db }, { each }: Slots<{ ids: number[] }>) =>
  db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .selectAll(['checks', 'check_states'])
    .where('checks.id', 'in', each('ids')),
);

async function checksById(db: Kysely<Database>, ids: number[]): Promise<Map<number, MessageCheck>> {
  if (ids.length === 0) return new Map();
  const rows = await checkRows({ db }, { ids });
  return new Map(rows.map((row) => [row.check_id, row]));
}

function present(row: Row, check: MessageCheck | null): Omit<QueuedDelivery, 'silence' | 'digest'> {
  // The past of a check that was removed is still there, and is told nobody.
  const isGone = row.check_id !== null && check === null;
  return {
    id: row.id,
    key: row.key,
    kind: KINDS.find((kind) => kind === row.kind) ?? 'firing',
    lane: row.lane,
    attempts: row.attempts,
    createdAt: row.created_at,
    projectId: row.project_id,
    projectName: row.project_name ?? '',
    channel: channelOf(row),
    userId: row.user_id,
    flip: isGone ? null : flipOf(row),
    flipId: row.flip_id,
    alert: alertOf(row),
    checkId: row.check_id,
    check,
    lastPing: isGone ? null : pingOf(row),
  };
}

function channelOf(row: Row): QueuedDelivery['channel'] {
  const { channel_id: id, channel_kind: kind, channel_settings: settings } = row;
  if (id === null || kind === null || settings === null) return null;
  return { id, kind, settings, disabled: row.channel_disabled === 1 };
}

function flipOf(row: Row): QueuedDelivery['flip'] {
  if (row.flip_at === null) return null;
  return {
    status: row.new_status === 'up' ? 'up' : 'down',
    reason: (row.reason ?? '') as FlipReason,
    at: row.flip_at,
    downSince: row.down_since,
  };
}

function alertOf(row: Row): QueuedDelivery['alert'] {
  if (row.alert_id === null || row.alert_starts_at === null) return null;
  return {
    id: row.alert_id,
    name: row.alert_name ?? '',
    severity: SEVERITIES.find((severity) => severity === row.alert_severity) ?? 'error',
    labels: JSON.parse(row.alert_labels ?? '{}') as MessageAlert['labels'],
    annotations: JSON.parse(row.alert_annotations ?? '{}') as MessageAlert['annotations'],
    startsAt: row.alert_starts_at,
    drill: row.alert_drill === 1,
  };
}

function pingOf(row: Row): LastPing | null {
  if (row.ping_n === null || row.ping_at === null) return null;
  return {
    n: row.ping_n,
    created_at: row.ping_at,
    kind: row.ping_kind ?? '',
    scheme: row.ping_scheme ?? '',
    exitstatus: row.ping_exitstatus,
    size: row.ping_size,
  };
}

/** `size` bytes at most of a ping's body, from its beginning or up to its end; null = none is kept. */
export async function pingBody(
  db: Kysely<Database>,
  checkId: number,
  ping: Pick<LastPing, 'n' | 'size'>,
  size: number,
  end: 'first' | 'last',
): Promise<Uint8Array | null> {
  // Both engines count from 1.
  const from = end === 'first' ? 1 : Math.max(1, ping.size - size + 1);
  const row = await db
    .selectFrom('pings')
    .select((e) => e.fn<Uint8Array | null>('substr', ['body', e.val(from), e.val(size)]).as('part'))
    .where('check_id', '=', checkId)
    .where('n', '=', ping.n)
    .executeTakeFirst();
  return row?.part ?? null;
}
