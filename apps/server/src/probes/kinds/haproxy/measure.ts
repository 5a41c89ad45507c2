import type { ProbeRun } from '../../kind.ts';
import type { Row } from './csv.ts';

type Level = 'frontend' | 'backend' | 'server';

/** One line of the statistics. */
export interface Entry {
  level: Level;
  proxy: string;
  /** Empty but for servers. */
  server: string;
  /** `UP`, `DOWN 1/2`, `no check`, ... */
  status: string;
  row: Row;
}

/** States of the exporter that is built into HAProxy. */
const STATES: Record<Level, readonly string[]> = {
  frontend: ['DOWN', 'UP'],
  backend: ['DOWN', 'UP'],
  server: ['DOWN', 'UP', 'MAINT', 'DRAIN', 'NOLB'],
};

/** Columns, and what the exporter calls them. */
const COLUMNS: Record<Level, Readonly<Record<string, string>>> = {
  frontend: { scur: 'current_sessions', slim: 'limit_sessions', ereq: 'request_errors_total' },
  backend: {
    act: 'active_servers',
    bck: 'backup_servers',
    scur: 'current_sessions',
    qcur: 'current_queue',
    econ: 'connection_errors_total',
    eresp: 'response_errors_total',
  },
  server: {
    scur: 'current_sessions',
    qcur: 'current_queue',
    chkfail: 'check_failures_total',
    econ: 'connection_errors_total',
    eresp: 'response_errors_total',
  },
};

const LEVELS: Record<string, Level> = { FRONTEND: 'frontend', BACKEND: 'backend' };

export function entryOf(row: Row): Entry {
  const name = row.get('svname') ?? '';
  const level = LEVELS[name] ?? 'server';
  return {
    level,
    proxy: row.get('pxname') ?? '',
    server: level === 'server' ? name : '',
    status: row.get('status') ?? '',
    row,
  };
}

/** `UP 1/3` and `UP (agent)` are up; who is not checked counts as up, as HAProxy uses it. */
export function stateOf({ status }: Entry): string {
  if (status === 'OPEN' || status === 'no check') return 'UP';
  return /^[A-Z]+/.exec(status)?.[0] ?? status;
}

export function measureEntry(entry: Entry, run: ProbeRun): void {
  const { level, proxy, server, row } = entry;
  const labels: Record<string, string> = server === '' ? { proxy } : { proxy, server };
  const state = stateOf(entry);
  for (const one of STATES[level]) {
    run.measure(`haproxy_${level}_status`, one === state ? 1 : 0, { ...labels, state: one });
  }
  for (const [column, name] of Object.entries(COLUMNS[level])) {
    const value = row.get(column);
    if (value !== undefined) run.measure(`haproxy_${level}_${name}`, Number(value), labels);
  }
  measureResponses(entry, run);
  measureUp(entry, state, run);
}

function measureResponses({ level, proxy, row }: Entry, run: ProbeRun): void {
  if (level === 'server') return;
  for (const code of ['1xx', '2xx', '3xx', '4xx', '5xx', 'other']) {
    const value = row.get(`hrsp_${code}`);
    if (value !== undefined)
      run.measure(`haproxy_${level}_http_responses_total`, Number(value), { proxy, code });
  }
}

/** The names of the exporter that came before the one built in. */
function measureUp({ level, proxy, server }: Entry, state: string, run: ProbeRun): void {
  const up = state === 'UP' || state === 'DRAIN' ? 1 : 0;
  if (level === 'backend') run.measure('haproxy_backend_up', up, { backend: proxy });
  if (level === 'server') run.measure('haproxy_server_up', up, { backend: proxy, server });
}
