/** A real mail server of the test's own: Exim, which puts every mail for example.org into one maildir. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { freePort } from './free-port.ts';
import { tempFolder } from './temp-folder.ts';
import { until } from './until.ts';

const EXIM = '/usr/sbin/exim4';
/** Milliseconds until a server that does not listen counts as failed. */
const START_WITHIN = 10_000;

export interface ReceivedMail {
  mail: ParsedMail;
  /** When the server had it on its disk and said so, epoch ms. */
  at: number;
}

export interface Exim extends AsyncDisposable {
  port: number;
  /** What is in the mailbox, oldest first. */
  mails(): Promise<ReceivedMail[]>;
  /** What the server logged. */
  log(): string;
}

/** Starts the server on a free port. @throws when Exim is not installed or does not come up. */
export async function startExim(): Promise<Exim> {
  if (!existsSync(EXIM))
    throw new Error('Exim is not installed (Debian: apt-get install exim4-daemon-light)');
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(tempFolder('exim'));
  const port = await freePort();
  const configFile = join(folder, 'exim.conf');
  writeFileSync(configFile, configuration(folder, port));
  giveAway(folder);
  const server = spawn(EXIM, ['-C', configFile, '-bdf'], { stdio: 'ignore' });
  stack.defer(async () => {
    if (server.exitCode === null && server.kill('SIGTERM')) await once(server, 'exit');
  });
  const log = (): string => readIfThere(join(folder, 'log.main'));
  await until('Exim listens', START_WITHIN, () => {
    if (server.exitCode !== null) throw new Error(`Exim ended with code ${server.exitCode}:\n${log()}`);
    return listens(port);
  });
  const running = stack.move();
  const inbox = join(folder, 'inbox', 'new');
  return {
    port,
    mails: () => readMaildir(inbox, log),
    log,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Exim's specification, chapters 14 (main section), 42 (ACLs) and 26 (appendfile). */
function configuration(folder: string, port: number): string {
  return `primary_hostname = mail.example.org
domainlist local_domains = example.org
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
spool_directory = ${folder}
log_file_path = ${folder}/log.%s
pid_file_path = ${folder}/exim.pid
log_selector = +millisec
timezone = UTC
keep_environment =
host_lookup =
tls_advertise_hosts =
deliver_drop_privilege = true
acl_smtp_rcpt = recipient
begin acl
recipient:
  accept domains = +local_domains
  deny message = relaying is not allowed
begin routers
local:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = ${folder}/inbox
  maildir_format
`;
}

/** Started by root with a configuration of ours, Exim drops its privileges: its own user must own the folder. */
function giveAway(folder: string): void {
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  if (process.getuid?.() !== 0) return;
  const line = /^Debian-exim:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (line === null) throw new Error('there is no user named Debian-exim');
  for (const path of [folder, inbox]) chownSync(path, Number(line[1]), Number(line[2]));
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => resolve(true)).once('error', () => resolve(false));
    socket.once('data', () => socket.end('QUIT\r\n'));
  });
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

async function readMaildir(folder: string, log: () => string): Promise<ReceivedMail[]> {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  const receipts = receiptsIn(log());
  const mails = files.map(async (text) => {
    const id = /^Received: [^;]*\bid (\S+)/m.exec(text)?.[1] ?? '';
    return { mail: await simpleParser(text), at: receipts.get(id) ?? Number.NaN };
  });
  return (await Promise.all(mails)).sort((one, other) => one.at - other.at);
}

/** When each message was accepted, by its id in Exim: lines with `<=`. */
function receiptsIn(log: string): Map<string, number> {
  const lines = log.matchAll(/^(\S+) (\S+) (\S+) <= /gm);
  return new Map([...lines].map(([, day, time, id = '']) => [id, Date.parse(`${day}T${time}Z`)]));
}
