import { Readable } from 'node:stream';
import { findKey, KEY_LENGTH } from '../../accounts/keys.ts';
import { statusAt } from '../../checks/status.ts';
import { type NamedCheck, statusPages } from '../../checks/status-pages.ts';
import type { Context } from '../../context.ts';
import type { Handler } from './endpoint.ts';
import { tagsOf } from './tags.ts';
import { nextTurn } from './turns.ts';

type ExpositionContext = Pick<Context, 'clock' | 'store' | 'secretKey'>;

/** `/projects/<uuid>/metrics/<key>`: whatever the UUID says, the key tells the project. */
export function projectMetrics(context: ExpositionContext): Handler {
  return async ({ reply, params }) => {
    const key = params['key'] ?? '';
    if (key.length !== KEY_LENGTH) return reply.code(400).send();
    const owner = await findKey(context.store.db, context.secretKey, key);
    // A key that may write has no place in an address, nor in a scraper's configuration.
    if (owner?.scope !== 'read') return reply.code(403).send();
    const pieces = exposition(context, owner.projectId);
    return reply.header('Content-Type', 'text/plain').send(Readable.from(pieces));
  };
}

/** `/projects/<uuid>/metrics/` with `Authorization: Bearer <key>` */
export function projectMetricsByBearer(context: ExpositionContext): Handler {
  const byKey = projectMetrics(context);
  return async (call) => {
    const [, key] = /^Bearer ([^ ]+)$/.exec(call.request.headers.authorization ?? '') ?? [];
    if (key === undefined) return call.reply.code(401).send();
    return byKey({ ...call, params: { ...call.params, key } });
  };
}

type Gauge = (check: NamedCheck, now: number) => boolean;

/** One sample for each check. */
const GAUGES: readonly (readonly [string, string, Gauge])[] = [
  [
    'hc_check_up',
    'Whether the check is up (1) or down (0).',
    (check, now) => statusAt(check, now) !== 'down',
  ],
  ['hc_check_started', 'Whether a run is in progress.', (check) => check.last_start !== null],
  [
    'hc_check_grace',
    'Whether the check is late, and not yet down.',
    (check, now) => statusAt(check, now) === 'grace',
  ],
  ['hc_check_paused', 'Whether the check is paused.', (check, now) => statusAt(check, now) === 'paused'],
];

/**
 * The text, piece by piece. Each gauge walks the checks anew: samples of one metric must stand together, and
 * keeping those of the others would take memory for each check.
 */
async function* exposition(context: ExpositionContext, projectId: number): AsyncGenerator<string> {
  const { db } = context.store;
  const now = context.clock.now();
  const summary = new Summary();
  for (const [i, [name, help, gauge]] of GAUGES.entries()) {
    yield i === 0 ? header(name, help) : `\n${header(name, help)}`;
    for await (const page of statusPages(db, projectId)) {
      if (i === 0) for (const check of page) summary.add(check, now);
      yield page.map((check) => `${name}${labelsOf(check)} ${gauge(check, now) ? 1 : 0}\n`).join('');
      await nextTurn();
    }
  }
  yield `\n${header('hc_tag_up', 'Whether no check with the tag is down.')}`;
  yield summary.tagLines();
  yield `\n${header('hc_checks_total', 'Number of checks.')}hc_checks_total ${summary.total}\n`;
  yield `\n${header('hc_checks_down_total', 'Number of checks that are down.')}hc_checks_down_total ${summary.down}\n`;
}

/** What the first walk finds out for the metrics at the end. */
class Summary {
  total = 0;
  down = 0;
  readonly #tags = new Map<string, boolean>();

  add(check: NamedCheck, now: number): void {
    const up = statusAt(check, now) !== 'down';
    this.total += 1;
    if (!up) this.down += 1;
    for (const tag of tagsOf(check)) this.#tags.set(tag, up && this.#tags.get(tag) !== false);
  }

  tagLines(): string {
    const tags = [...this.#tags].sort(([a], [b]) => (a < b ? -1 : 1));
    return tags.map(([tag, up]) => `hc_tag_up{tag="${escapeLabel(tag)}"} ${up ? 1 : 0}\n`).join('');
  }
}

function header(name: string, help: string): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n`;
}

function labelsOf(check: NamedCheck): string {
  return `{name="${escapeLabel(check.name)}", tags="${escapeLabel(check.tags)}", unique_key="${check.unique_key}"}`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
