/** `vigie discover`: what it proposes is what the server takes. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LineCounter, parse, parseDocument } from 'yaml';
import type { Problem } from '../src/config/problem.ts';
import { readDeclarations } from '../src/declared/file.ts';
import { PROBE_KINDS } from '../src/probes/kinds/index.ts';
import { tempFolder } from './support/temp-folder.ts';
import { runVigie } from './support/vigie-command.ts';

const folder = tempFolder('discover');
after(() => folder[Symbol.dispose]());

function file(name: string, text: string): string {
  const path = join(folder.path, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const CRONTAB = file(
  'jobs',
  '*/15 * * * * /opt/refresh.sh\n0 2 * * * /opt/backup.sh --all\n30 2 * * * /srv/backup.sh\n',
);
file('units/cleanup.timer', `[Unit]\nDescription=Costs \${NOTHING}\n[Timer]\nOnCalendar=daily\n`);
file('units/cleanup.service', '[Service]\nExecStart=/opt/cleanup\n');
const COMPOSE = file(
  'compose.yaml',
  `services:
  db:
    image: registry.example:5000/team/postgres:17-alpine
    environment: { POSTGRES_USER: app, POSTGRES_PASSWORD: hunter2, POSTGRES_DB: "\${DB:-shop}" }
    ports: ["127.0.0.1:\${PG_PORT:-15432}:5432"]
  cache:
    image: redis:7
    command: ["redis-server", "--requirepass", "hunter2"]
  maria:
    image: mariadb:11
    environment: ["MYSQL_ROOT_PASSWORD=\${MARIA_PASSWORD:-hunter2}"]
  queue: { image: "rabbitmq:3-management", environment: { RABBITMQ_DEFAULT_USER: app, RABBITMQ_DEFAULT_PASS: hunter2 } }
  broker: { image: "confluentinc/cp-kafka:7.5.0", ports: ["29092:9092"] }
  zoo: { image: "confluentinc/cp-zookeeper:7.5.0" }
  files: { image: "minio/minio", ports: [{ target: 9000, published: "9000" }] }
  secrets: { image: "hashicorp/vault:1.15", ports: ["8200:8200"] }
  docs: { image: "mongo:7", environment: { MONGO_INITDB_ROOT_USERNAME: root, MONGO_INITDB_ROOT_PASSWORD: hunter2 } }
  search: { image: "opensearchproject/opensearch:2" }
  events: { image: "nats:2" }
  sensors: { image: "eclipse-mosquitto:2" }
  memory: { image: "memcached:1" }
  worker: { build: ., command: "celery -A app worker -l info", environment: { CELERY_BROKER_URL: "redis://:hunter2@cache:6379/0" } }
  beat: { build: ., command: "celery -A app beat" }
  api: { build: ., ports: ["4999:4999"] }
  raw: { build: ., ports: ["7777:7777/tcp", "53:53/udp"] }
  backup: { image: "memcached", ports: ["1-2:1-2"] }
  silent: { build: . }
`,
);

const SOURCES = ['--crontab', CRONTAB, '--timers', join(folder.path, 'units'), '--compose', COMPOSE];

async function discover(...words: string[]): Promise<string> {
  const { out, error, code } = await runVigie(['discover', ...words], {
    env: { TZ: 'Europe/Paris' },
    cwd: folder.path,
  });
  assert.deepEqual([code, error], [0, '']);
  return out;
}

interface Entry {
  kind: string;
  settings: Record<string, unknown>;
  [name: string]: unknown;
}

/** What the server finds wrong with a vigie.yml, every variable being there. */
function problemsOf(text: string): readonly Problem[] {
  const lines = new LineCounter();
  const names = [...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name = '']) => name);
  const env = Object.fromEntries(
    names.map((name) => [name, name.endsWith('_URL') ? 'redis://x:6379' : 'secret']),
  );
  const yaml = parseDocument(text, { lineCounter: lines });
  const { document, problems } = readDeclarations(yaml, lines, { file: 'vigie.yml', env });
  assert.notEqual(document, null);
  return problems;
}

/** Settings with variables in their places. */
function filled(settings: object): unknown {
  const text = JSON.stringify(settings);
  return JSON.parse(
    text.replace(/\$\{(\w+)[^}]*\}/g, (_, name: string) =>
      name.endsWith('_URL') ? 'redis://x:6379' : 'secret',
    ),
  );
}

test('the YAML has checks and services that the server takes, and no password', async () => {
  const text = await discover(...SOURCES, '--yaml');
  assert.equal(text.includes('hunter2'), false, text);
  assert.deepEqual(problemsOf(text), []);
  const { checks, services } = parse(text) as {
    checks: Record<string, object>;
    services: Record<string, Entry>;
  };
  assert.deepEqual(Object.keys(checks), ['refresh', 'backup-2', 'backup-3', 'cleanup']);
  assert.deepEqual(checks['cleanup'], {
    slug: 'cleanup',
    tags: ['systemd'],
    schedule: 'daily',
    time_zone: 'Europe/Paris',
    grace: 3660,
    description: `Costs $\${NOTHING}`,
  });
  const told = Object.entries(services).map(([name, { kind, settings }]) => {
    const taken = PROBE_KINDS.find((one) => one.kind === kind)?.settings.safeParse(filled(settings));
    assert.ok(taken?.success, `${name}: ${kind}: ${taken?.error}`);
    return `${name} ${kind} ${Object.values(settings).flat().join(' ')}`.trim();
  });
  assert.deepEqual(told, [
    `db postgres postgres://app:\${POSTGRES_PASSWORD}@127.0.0.1:15432/\${DB:-shop}`,
    `cache redis redis://:\${REDIS_PASSWORD}@cache:6379`,
    `maria mysql mysql://root:\${MARIA_PASSWORD}@maria:3306/`,
    `queue rabbitmq amqp://app:\${RABBITMQ_DEFAULT_PASS}@queue:5672/%2F`,
    'broker kafka localhost:29092',
    'zoo zookeeper zoo 2181',
    'files http http://localhost:9000/minio/health/live',
    'secrets vault http://localhost:8200',
    `docs mongodb mongodb://root:\${MONGO_INITDB_ROOT_PASSWORD}@docs:27017`,
    'search elasticsearch http://search:9200',
    'events nats nats://events:4222',
    'sensors mqtt mqtt://sensors:1883',
    'memory memcached memory 11211',
    `worker celery \${CELERY_BROKER_URL}`,
    'beat celery-beat',
    'api http http://localhost:4999/',
    'raw tcp localhost 7777',
    'backup memcached backup 11211',
  ]);
});

test('the same as JSON, and as text that says how a job reports and what is not proposed', async () => {
  const found = JSON.parse(await discover(...SOURCES)) as Record<string, { name: string; source: string }[]>;
  assert.deepEqual(
    found['skipped']?.map(({ source }) => source),
    [`${COMPOSE}: silent`],
  );
  const text = await discover(...SOURCES, '--text');
  assert.match(text, /^backup-2 +0 2 \* \* \* \(Europe\/Paris\) +1h +\S+jobs:2$/m);
  assert.match(text, /^0 2 \* \* \* vigie exec --check backup-2 -- \/opt\/backup\.sh --all$/m);
  assert.match(text, /^systemctl edit cleanup\.service: .* -- \/opt\/cleanup$/m);
  assert.match(text, /^db +the environment of Vigie needs POSTGRES_PASSWORD$/m);
  assert.match(text, /silent +its image is none that is known, and it publishes no port/);
});

test("without a source it looks at this machine, this folder's compose file too", async () => {
  const { services } = JSON.parse(await discover()) as { services: { name: string }[] };
  assert.ok(services.some(({ name }) => name === 'db'));
});

const REFUSED: [string, string[], number, RegExp][] = [
  ['a crontab that is not there', ['--crontab', '/none'], 1, /^cannot read \/none: ENOENT/],
  ['a folder that is not there', ['--timers', '/none'], 1, /^cannot read \/none: ENOENT/],
  ['broken YAML', ['--compose', file('broken.yaml', 'a: [\n')], 1, /^\S*broken\.yaml:2: /],
  ['two forms', ['--json', '--yaml'], 2, /exclude one another/],
  ['a word', ['x'], 2, /it takes no words: x/],
];

for (const [name, words, code, reason] of REFUSED) {
  test(`${name}: exit code ${code}`, async () => {
    const said = await runVigie(['discover', ...words], { cwd: folder.path });
    assert.match(said.error, reason);
    assert.deepEqual([said.code, said.out], [code, '']);
  });
}
