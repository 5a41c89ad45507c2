/** Who is told: the direct way of checks with channels, and the project's own for everything else. */
import type { Tx } from '../store/tx.ts';
import type { AlertNotice } from './queue.ts';

export interface RoutedChannel {
  id: number;
  code: string;
  name: string;
  /** Switched off: by somebody, or because it cannot work. */
  disabled: boolean;
}

export interface Told {
  /** Those that are told. */
  channels: RoutedChannel[];
  /** Those that would have been, were they not switched off. */
  disabled: RoutedChannel[];
  way: 'direct' | 'default' | 'both' | 'none' | 'chosen' | 'as firing' | 'fallback';
}

/**
 * Where each notice goes. A firing: the channels of its check; a check without, and what is no check's, goes to
 * all channels of the project. The project may choose `both`, or `none` for what has no channels of its own.
 * An alert may name channels of the project itself. A resolution goes to whoever was to get the firing. A firing
 * that reached nobody goes to those channels of the project that it has not gone to, where it goes by the project.
 * Channels that are switched off are left out, and named.
 */
export async function routesOf(tx: Tx, notices: readonly AlertNotice[]): Promise<Told[]> {
  const firing = notices.filter(({ kind }) => kind === 'firing');
  const resolved = notices.filter(({ kind }) => kind === 'resolved');
  const direct = await channelsOfChecks(tx, firing);
  const projects = await projectRoutes(tx, firing);
  const told = await toldOf(tx, [
    ...resolved,
    ...firing.filter(({ reachedNobody }) => reachedNobody === true),
  ]);
  return notices.map((notice) => {
    const { alert } = notice;
    if (notice.kind === 'resolved') return toldBy('as firing', told.get(alert.id) ?? []);
    const project = projects.get(alert.project_id);
    if (notice.reachedNobody === true) return fallback(notice, project, told.get(alert.id) ?? []);
    if (alert.route !== '') return toldBy('chosen', chosenOf(alert.route, project));
    const own = alert.check_id === null ? [] : (direct.get(alert.check_id) ?? []);
    return firingRoute(own, project);
  });
}

function toldBy(way: Told['way'], candidates: RoutedChannel[]): Told {
  return {
    channels: candidates.filter(({ disabled }) => !disabled),
    disabled: candidates.filter(({ disabled }) => disabled),
    way,
  };
}

function chosenOf(route: string, project: ProjectRoute | undefined): RoutedChannel[] {
  const ids = new Set(JSON.parse(route) as number[]);
  return project?.channels.filter(({ id }) => ids.has(id)) ?? [];
}

/** What the message has not been tried by. Whoever chose channels, or `none`, wants no others. */
function fallback(
  { alert }: AlertNotice,
  project: ProjectRoute | undefined,
  tried: readonly RoutedChannel[],
): Told {
  if (project === undefined || project.route === 'none' || alert.route !== '') return toldBy('fallback', []);
  const known = new Set(tried.map(({ id }) => id));
  return toldBy(
    'fallback',
    project.channels.filter(({ id }) => !known.has(id)),
  );
}

interface ProjectRoute {
  route: string;
  channels: RoutedChannel[];
}

function firingRoute(own: RoutedChannel[], project: ProjectRoute | undefined): Told {
  if (project?.route === 'both') return toldBy('both', union(own, project.channels));
  if (own.some(({ disabled }) => !disabled)) return toldBy('direct', own);
  // What is left of its own is switched off.
  if (project === undefined || project.route === 'none') return toldBy('none', own);
  return toldBy('default', union(own, project.channels));
}

function union(one: RoutedChannel[], other: RoutedChannel[]): RoutedChannel[] {
  const known = new Set(one.map(({ id }) => id));
  return [...one, ...other.filter(({ id }) => !known.has(id))];
}

async function channelsOfChecks(
  tx: Tx,
  notices: readonly AlertNotice[],
): Promise<Map<number, RoutedChannel[]>> {
  const checkIds = [...new Set(notices.flatMap(({ alert }) => alert.check_id ?? []))];
  if (checkIds.length === 0) return new Map();
  const links = await tx.db
    .selectFrom('check_channels')
    .select(['check_id', 'channel_id'])
    .where('check_id', 'in', checkIds)
    .execute();
  const checksOf = Map.groupBy(links, (link) => link.channel_id);
  const direct = new Map<number, RoutedChannel[]>();
  // Channels are few where checks are many: each is read, and made an object, once.
  for (const channel of await channelsById(tx, [...checksOf.keys()])) {
    for (const { check_id: checkId } of checksOf.get(channel.id) ?? []) {
      const own = direct.get(checkId);
      if (own === undefined) direct.set(checkId, [channel]);
      else own.push(channel);
    }
  }
  return direct;
}

/** The quickest first. */
async function channelsById(tx: Tx, ids: readonly number[]): Promise<RoutedChannel[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .selectFrom('channels')
    .select(['id', 'code', 'name', 'disabled'])
    .where('id', 'in', ids)
    .orderBy('last_notify_duration')
    .execute();
  return rows.map(channelOf);
}

async function projectRoutes(tx: Tx, notices: readonly AlertNotice[]): Promise<Map<number, ProjectRoute>> {
  const ids = [...new Set(notices.map(({ alert }) => alert.project_id))];
  if (ids.length === 0) return new Map();
  const projects = await tx.db
    .selectFrom('projects')
    .select(['id', 'alert_route'])
    .where('id', 'in', ids)
    .execute();
  const rows = await tx.db
    .selectFrom('channels')
    .select(['project_id', 'id', 'code', 'name', 'disabled'])
    .where('project_id', 'in', ids)
    .orderBy('last_notify_duration')
    .execute();
  const channels = grouped(rows, (row) => row.project_id);
  return new Map(
    projects.map(({ id, alert_route: route }) => [id, { route, channels: channels.get(id) ?? [] }]),
  );
}

/** The channels that the firing of each alert was queued for, by the alert's id. */
async function toldOf(tx: Tx, notices: readonly AlertNotice[]): Promise<Map<number, RoutedChannel[]>> {
  if (notices.length === 0) return new Map();
  const rows = await tx.db
    .selectFrom('deliveries')
    .innerJoin('channels', 'channels.id', 'deliveries.channel_id')
    .select(['deliveries.alert_id', 'channels.id', 'channels.code', 'channels.name', 'channels.disabled'])
    .where(
      'deliveries.alert_id',
      'in',
      notices.map(({ alert }) => alert.id),
    )
    .where('deliveries.kind', '=', 'firing')
    .orderBy('channels.last_notify_duration')
    .execute();
  return grouped(rows, (row) => row.alert_id ?? 0);
}

function grouped<R extends ChannelRow>(
  rows: readonly R[],
  keyOf: (row: R) => number,
): Map<number, RoutedChannel[]> {
  const groups = new Map<number, RoutedChannel[]>();
  for (const row of rows) {
    const channel = channelOf(row);
    const own = groups.get(keyOf(row));
    if (own === undefined) groups.set(keyOf(row), [channel]);
    else own.push(channel);
  }
  return groups;
}

type ChannelRow = Omit<RoutedChannel, 'disabled'> & { disabled: number };

function channelOf(row: ChannelRow): RoutedChannel {
  return { id: row.id, code: row.code, name: row.name, disabled: row.disabled === 1 };
}
