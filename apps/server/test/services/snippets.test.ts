/** What Healthchecks' public documentation tells people to run works with only the address changed. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { type ApiServer, KEYS, type Recorded, spawnApiServer } from '../support/api-server.ts';
import { cronMissing, startCron } from '../support/cron-daemon.ts';
import { isInstalled, runProgram } from '../support/program.ts';
import { pythonPackages } from '../support/python.ts';
import { openRaw } from '../support/raw-exchange.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const folder = tempFolder('snippets');
const server: ApiServer = await spawnApiServer({ dataDir: join(folder.path, 'data') });
after(async () => {
  await server.end('SIGTERM');
  folder[Symbol.dispose]();
});

/** A recorded ping, as far as a snippet decides it. */
type Expected = Pick<Recorded, 'type' | 'method' | 'body' | 'exitstatus'> & { agent: RegExp };

function expected(
  type: Recorded['type'],
  method: string,
  agent: RegExp,
  more: Partial<Expected> = {},
): Expected {
  return { type, method, agent, body: '', exitstatus: null, ...more };
}

function assertRecorded(pings: readonly Recorded[], wanted: readonly Expected[]): void {
  const seen = pings.map(({ type, method, body, exitstatus }) => ({ type, method, body, exitstatus }));
  assert.deepEqual(
    seen,
    wanted.map(({ agent: _, ...rest }) => rest),
  );
  for (const [i, { agent }] of wanted.entries()) assert.match(pings[i]?.user_agent ?? 'none', agent);
  for (const { scheme, remote_addr } of pings) assert.deepEqual([scheme, remote_addr], ['http', '127.0.0.1']);
}

interface Snippet {
  /** The page of the manual, and what is special about it. */
  name: string;
  runs: keyof typeof INTERPRETERS;
  /** `PING_URL` stands for the address of a fresh check. */
  text: string;
  pings: Expected[];
}

/** The command that runs a text; null = not installed. */
const INTERPRETERS = {
  sh: () => ['sh', '-c'],
  // The environment and shell of a job, as crontab(5) has them.
  cron: () => ['env', '-i', 'HOME=/', 'LOGNAME=root', 'SHELL=/bin/sh', 'PATH=/usr/bin:/bin', '/bin/sh', '-c'],
  python: () => ['python3', '-c'],
  node: () => [process.execPath, '-e'],
  ruby: () => (isInstalled('ruby') ? ['ruby', '-e'] : null),
  php: () => (isInstalled('php') ? ['php', '-r'] : null),
  go: () => (isInstalled('go') ? ['sh', '-c', 'printf %s "$1" >main.go && go run main.go', 'sh'] : null),
};

const [CURL, WGET, NONE] = [/^curl\//, /^Wget\//, /^$/];
/** Stands for a job that says something and fails. */
const FAILS = "sh -c 'echo no space left; exit 3'";

const SNIPPETS: Snippet[] = [
  {
    name: 'shell: curl with a time limit and retries',
    runs: 'sh',
    text: 'curl -m 10 --retry 5 PING_URL',
    pings: [expected('success', 'GET', CURL)],
  },
  {
    name: 'shell: curl, silent',
    runs: 'sh',
    text: 'curl -fsS -m 10 --retry 5 -o /dev/null PING_URL',
    pings: [expected('success', 'GET', CURL)],
  },
  {
    name: 'shell: curl sends the exit status',
    runs: 'sh',
    text: `true; curl -m 10 --retry 5 PING_URL/$?; ${FAILS}; curl -m 10 --retry 5 PING_URL/$?`,
    pings: [
      expected('success', 'GET', CURL, { exitstatus: 0 }),
      expected('fail', 'GET', CURL, { exitstatus: 3 }),
    ],
  },
  {
    name: 'shell: curl sends the output of a command',
    runs: 'sh',
    text: 'm=$(echo "2 renewed, 100% – fine" 2>&1); curl -fsS -m 10 --retry 5 --data-raw "$m" PING_URL',
    pings: [expected('success', 'POST', CURL, { body: '2 renewed, 100% – fine' })],
  },
  {
    name: 'shell: wget',
    runs: 'sh',
    text: 'wget PING_URL -T 10 -t 5 -O /dev/null',
    pings: [expected('success', 'GET', WGET)],
  },
  {
    name: 'failures: /fail and a status',
    runs: 'sh',
    text: 'curl --retry 3 PING_URL/fail; curl --retry 3 PING_URL/1',
    pings: [expected('fail', 'GET', CURL), expected('fail', 'GET', CURL, { exitstatus: 1 })],
  },
  {
    name: 'attaching logs: output and outcome in one line',
    runs: 'sh',
    text: `m=$(${FAILS}); curl -fsS -X POST --data-raw "$m" "PING_URL$([ $? -ne 0 ] && echo -n /fail)"`,
    pings: [expected('fail', 'POST', CURL, { body: 'no space left' })],
  },
  {
    name: 'cron: the command of a line, run as cron does',
    runs: 'cron',
    text: '/bin/true && curl -fsS -m 10 --retry 5 -o /dev/null PING_URL',
    pings: [expected('success', 'GET', CURL)],
  },
  {
    name: 'cron: a job that fails does not report success',
    runs: 'cron',
    text: '/bin/false && curl -fsS -m 10 --retry 5 -o /dev/null PING_URL; true',
    pings: [],
  },
  {
    name: 'Python: urllib',
    runs: 'python',
    text: 'import urllib.request; urllib.request.urlopen("PING_URL")',
    pings: [expected('success', 'GET', /^Python-urllib\/3/)],
  },
  {
    name: 'Node: http.get',
    runs: 'node',
    text: 'require("node:http").get("PING_URL", (answer) => answer.resume())',
    pings: [expected('success', 'GET', NONE)],
  },
  {
    name: 'Node: fetch, also with a body',
    runs: 'node',
    text: 'fetch("PING_URL").then(() => fetch("PING_URL/log", { method: "POST", body: "two" }))',
    pings: [expected('success', 'GET', /^node$/), expected('log', 'POST', /^node$/, { body: 'two' })],
  },
  {
    name: 'Ruby: Net::HTTP',
    runs: 'ruby',
    text: 'require "net/http"; require "uri"; Net::HTTP.get(URI.parse("PING_URL"))',
    pings: [expected('success', 'GET', /^Ruby$/)],
  },
  {
    name: 'PHP: file_get_contents',
    runs: 'php',
    text: 'file_get_contents("PING_URL");',
    pings: [expected('success', 'GET', NONE)],
  },
  {
    name: 'Go: net/http',
    runs: 'go',
    text: 'package main\nimport "net/http"\nfunc main() {\n  if _, err := http.Head("PING_URL"); err != nil { panic(err) }\n}\n',
    pings: [expected('success', 'HEAD', /^Go-http-client\//)],
  },
];

for (const { name, runs, text, pings } of SNIPPETS) {
  test(name, async (t) => {
    const command = INTERPRETERS[runs]();
    if (command === null) return t.skip(`${runs} is not installed`);
    const { id, ping_url } = await server.createCheck({ name });
    const ended = await runProgram([...command, text.replaceAll('PING_URL', String(ping_url))], {
      cwd: folder.path,
    });
    assert.equal(ended.code, 0, ended.output);
    assertRecorded(await server.pings(id), pings);
  });
}

test('auto provisioning: the first ping by a slug makes the check', async () => {
  const url = `${server.url}/ping/${KEYS.ping}/web-1?create=1`;
  for (const answer of ['Created', 'OK']) {
    const ended = await runProgram(['curl', '-sS', '-m', '10', '--retry', '5', url]);
    assert.deepEqual(ended, { code: 0, output: answer });
  }
  const { items } = await server.call<{ items: { id: string }[] }>('GET', '/api/vigie/checks?slug=web-1');
  assert.equal(items.length, 1);
  const twice = expected('success', 'GET', CURL);
  assertRecorded(await server.pings(items[0]?.id ?? ''), [twice, twice]);
});

test('cron: a line of a crontab, run by the cron daemon', async (t) => {
  const reason = cronMissing();
  if (reason !== null) return t.skip(reason);
  const { id, ping_url } = await server.createCheck({ name: 'cron', schedule: '* * * * *' });
  const line = `* * * * * /bin/true && curl -fsS -m 10 --retry 5 -o /dev/null ${ping_url}`;
  await using _ = await startCron(folder.path, [line]);
  await until('cron has run the line', 15_000, async () => (await server.check(id)).n_pings > 0);
  assertRecorded(await server.pings(id), [expected('success', 'GET', CURL)]);
});

test('Python: requests, with run time, log and failure', async (t) => {
  const env = await pythonPackages(folder.path, ['requests']).catch((error: Error) => error);
  if (env instanceof Error) return t.skip(env.message);
  const { id, ping_url } = await server.createCheck({ name: 'requests' });
  const file = join(folder.path, 'job.py');
  writeFileSync(
    file,
    `import requests
URL = "${ping_url}"
requests.get(URL + "/start", timeout=5)
requests.get(URL, timeout=10)
requests.post(URL, data="temperature=-7")
success = False
try:
    success = 1 / 0
except ZeroDivisionError:
    pass
finally:
    requests.get(URL if success else URL + "/fail")
`,
  );
  const ended = await runProgram(['python3', file], { env });
  assert.equal(ended.code, 0, ended.output);
  const agent = /^python-requests\/2/;
  assertRecorded(await server.pings(id), [
    expected('start', 'GET', agent),
    expected('success', 'GET', agent),
    expected('success', 'POST', agent, { body: 'temperature=-7' }),
    expected('fail', 'GET', agent),
  ]);
});

/** What Windows PowerShell 5.1 and PowerShell 7 call themselves. */
const POWERSHELL = [
  'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.4522',
  'Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.19045; en-US) PowerShell/7.4.6',
];

test("PowerShell (its requests made by hand, it is not installed here): Invoke-RestMethod's GET", async () => {
  for (const agent of POWERSHELL) {
    const { id, ping_url } = await server.createCheck({ name: 'PowerShell' });
    using connection = await openRaw(server.port);
    const { host, pathname } = new URL(String(ping_url));
    connection.socket.write(
      `GET ${pathname} HTTP/1.1\r\nUser-Agent: ${agent}\r\nHost: ${host}\r\nConnection: Keep-Alive\r\n\r\n`,
    );
    await until('the answer', 2_000, () => connection.answer.startsWith('HTTP/1.1 200 OK\r\n'));
    assertRecorded(await server.pings(id), [expected('success', 'GET', / (Windows)?PowerShell\/\d/)]);
  }
});

test("PowerShell (its requests made by hand, it is not installed here): Invoke-RestMethod's POST waits for 100", async () => {
  const { id, ping_url } = await server.createCheck({ name: 'PowerShell' });
  using connection = await openRaw(server.port);
  const { host, pathname } = new URL(String(ping_url));
  connection.socket.write(
    `POST ${pathname} HTTP/1.1\r\nUser-Agent: ${POWERSHELL[0]}\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nHost: ${host}\r\nContent-Length: 14\r\n` +
      'Expect: 100-continue\r\nConnection: Keep-Alive\r\n\r\n',
  );
  await until('leave to go on', 300, () => connection.answer === 'HTTP/1.1 100 Continue\r\n\r\n');
  connection.socket.write('temperature=-7');
  await until('the answer', 2_000, () => connection.answer.includes('HTTP/1.1 200 OK\r\n'));
  assertRecorded(await server.pings(id), [
    expected('success', 'POST', / WindowsPowerShell\//, { body: 'temperature=-7' }),
  ]);
});
