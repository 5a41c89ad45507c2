import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { asOnePhase } from '../../one-phase.ts';
import { instanceOf, serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';
import { containers, engineVersion, inspect, type Listed, ping, readStats } from './engine-api.ts';
import { type Container, forgetOthers, isUp, measureContainer } from './measure.ts';

/** Containers that are looked at one by one. */
const MOST = 100;

const settings = z.strictObject({
  url: serviceUrl('unix', 'http', 'https').default('unix:///var/run/docker.sock').meta({
    secret: true,
    title: 'Engine',
    title_fr: 'Moteur',
    description: 'unix:///var/run/docker.sock, or http://host:2375',
    description_fr: 'unix:///var/run/docker.sock, ou http://hôte:2375',
  }),
  containers: z.array(z.string().min(1).max(200)).max(MOST).default([]).meta({
    title: 'Containers',
    title_fr: 'Conteneurs',
    description: 'Names of those that must run and be healthy, one a line; without any, all are measured',
    description_fr:
      'Noms de ceux qui doivent tourner et être en bonne santé, un par ligne ; sans aucun, tous sont mesurés',
  }),
  tls_ca: tlsSettings().tls_ca,
});

type Settings = z.output<typeof settings>;

/** A Docker engine and its containers; nothing is ever changed there. */
export const docker = defineProbe({
  kind: 'docker',
  title: 'Docker',
  local: true,
  up: 'docker_up',
  interval: 30,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'container_health', labels: { status: 'unhealthy' }, op: '>', warning: 0 },
    { metric: 'container_restarts_recent', op: '>', warning: 0 },
  ],
  instance: ({ url }) => (url.startsWith('unix:') ? new URL(url).pathname : instanceOf(url, 2375)),
  async probe(given, run) {
    await ping(given, run);
    const listed = await asOnePhase(run, 'list', async (part) => {
      run.detail('version', await engineVersion(given, part));
      return containers(given, part);
    });
    countStates(listed, run);
    const found = await asOnePhase(run, 'containers', (part) => lookAt(watched(listed, given), given, part));
    for (const container of found) measureContainer(container, run);
    forgetOthers(found, run);
    run.detail('containers', found.map(detailOf));
    for (const name of given.containers) judge(name, found);
  },
});

function watched(listed: readonly Listed[], { containers: wanted }: Settings): Listed[] {
  return (wanted.length === 0 ? [...listed] : listed.filter(({ name }) => wanted.includes(name))).slice(
    0,
    MOST,
  );
}

/** One after another: an engine is not to be stormed. Who has gone meanwhile is left out. */
async function lookAt(listed: readonly Listed[], given: Settings, run: ProbeRun): Promise<Container[]> {
  const found: Container[] = [];
  for (const one of listed) {
    const inspected = await inspect(one.id, given, run);
    if (inspected === null) continue;
    const stats = inspected.State.Status === 'running' ? await readStats(one.id, given, run) : null;
    found.push({ ...one, inspected, stats });
  }
  return found;
}

function countStates(listed: readonly Listed[], run: ProbeRun): void {
  for (const state of ['running', 'paused', 'exited', 'restarting']) {
    const count = listed.filter((one) => one.state === state).length;
    run.measure('docker_containers', count, { state });
  }
}

function detailOf({ name, image, inspected }: Container) {
  const { Status, ExitCode, Health } = inspected.State;
  return {
    name,
    image,
    state: Status,
    health: Health?.Status ?? 'none',
    exit_code: ExitCode,
    restarts: inspected.RestartCount,
  };
}

/** @throws ProbeFailure when a container that must run does not. */
function judge(name: string, found: readonly Container[]): void {
  const container = found.find((one) => one.name === name);
  if (container === undefined) throw new ProbeFailure('not_found', `there is no container ${name}`);
  const { Status, ExitCode, OOMKilled, Health } = container.inspected.State;
  if (!isUp(container)) {
    const why = OOMKilled ? 'out of memory' : `exit code ${ExitCode}`;
    throw new ProbeFailure('unhealthy', `the container ${name} is ${Status} (${why})`);
  }
  if (Health?.Status === 'unhealthy') {
    const times =
      Health.FailingStreak === 0 ? '' : ` (its check failed ${Health.FailingStreak} times in a row)`;
    throw new ProbeFailure('unhealthy', `the container ${name} is unhealthy${times}`);
  }
}
