/** Labels of the outages that were there before alerts: as checks made them when the table of alerts came. */
import { type Kysely, sql } from 'kysely';

/** Rows read at once. */
const PAGE = 500;
const TIER = /^tier(\d+)$/;
const SEVERITY_OF_TIER: Record<string, string> = { '1': 'critical', '2': 'warning' };
/** `name=value` and `name:value`, with a label's name. */
const LABEL_TAG = /^([A-Za-z_][A-Za-z0-9_]*)[=:](.+)$/;
const SEVERITY_OF_PRIORITY: Record<string, string> = {
  p1: 'critical',
  p2: 'error',
  p3: 'warning',
  p4: 'info',
};
const SEVERITIES = ['critical', 'error', 'warning', 'info'];

interface AdoptedCheck {
  id: number;
  name: string;
  slug: string;
  tags: string;
  environment: string;
  unique_key: string;
  project: string;
}

/** Gives every adopted outage the labels and the severity of its check. */
export async function labelAdopted(db: Kysely<never>): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<AdoptedCheck>`select a.id, c.name, c.slug, c.tags, c.environment, c.unique_key,
        p.name as project
      from alerts a join checks c on c.id = a.check_id join projects p on p.id = c.project_id
      where a.id > ${after} order by a.id limit ${PAGE}`.execute(db);
    for (const row of rows) {
      const labels = labelsOf(row);
      await sql`update alerts set labels = ${sorted(labels)}, severity = ${severityOf(labels)}
        where id = ${row.id}`.execute(db);
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id ?? after;
  }
}

type Pairs = ReadonlyMap<string, string>;

/** Tags of the form `name=value` come first, so that none of them can pass for what the check is. */
function labelsOf(check: AdoptedCheck): Pairs {
  const tags = check.tags.split(' ').filter((tag) => tag !== '');
  const tier = tags.map((tag) => TIER.exec(tag)?.[1]).find((found) => found !== undefined) ?? '';
  const own = tags.flatMap((tag): [string, string][] => {
    const [, name, value] = LABEL_TAG.exec(tag) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
  const labels: [string, string][] = [
    ['severity', SEVERITY_OF_TIER[tier] ?? 'error'],
    ...own,
    ['alertname', 'CheckDown'],
    ['check', check.name || check.slug || 'unnamed'],
    ['check_key', check.unique_key],
    ['slug', check.slug],
    ['project', check.project],
    ['environment', check.environment],
    ['tier', tier],
    ['tags', tags.join(' ')],
  ];
  return new Map([...new Map(labels)].filter(([, value]) => value !== ''));
}

function severityOf(labels: Pairs): string {
  const said = (labels.get('severity') ?? '').toLowerCase();
  const known = Object.hasOwn(SEVERITY_OF_PRIORITY, said) ? SEVERITY_OF_PRIORITY[said] : said;
  return SEVERITIES.find((severity) => severity === known) ?? 'error';
}

/** A JSON object, its keys in order. */
function sorted(labels: Pairs): string {
  return JSON.stringify(Object.fromEntries([...labels].sort(([one], [other]) => (one < other ? -1 : 1))));
}
