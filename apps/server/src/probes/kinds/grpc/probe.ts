import type { Socket } from 'node:net';
import { z } from 'zod';
import { openConnection } from '../../connection.ts';
import { ProbeFailure, type Reason } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { instanceOf, serviceUrl } from '../../setting-types.ts';
import { measureTls } from '../../tls-measures.ts';
import { startTls } from '../../tls-session.ts';
import { tlsSettings } from '../../tls-settings.ts';
import { type GrpcAnswer, unaryCall } from './call.ts';
import { checkRequest, SERVING_STATUSES, type ServingStatus, servingStatus } from './health-message.ts';

const PORT = 50_051;
const METHOD = '/grpc.health.v1.Health/Check';

const settings = z.strictObject({
  url: serviceUrl('grpc', 'grpcs').meta({
    title: 'Address',
    title_fr: 'Adresse',
    description: 'grpc://host:port/service, or grpcs:// with TLS; without a service, the server as a whole',
    description_fr: 'grpc://hôte:port/service, ou grpcs:// avec TLS ; sans service, le serveur entier',
  }),
  metadata: z
    .record(
      z
        .string()
        .max(200)
        .regex(/^(?!grpc-)[0-9a-z_.-]+$/, { error: 'must be a lower-case name that is not gRPC’s own' }),
      z
        .string()
        .max(2_000)
        .regex(/^[\x20-\x7e]*$/, { error: 'must be one line of ASCII' }),
    )
    .default({})
    .meta({
      secret: true,
      title: 'Metadata',
      title_fr: 'Métadonnées',
      description: 'Sent with the call, one a line, as “name: value”',
      description_fr: 'Envoyées avec l’appel, une par ligne, sous la forme « nom: valeur »',
    }),
  tls_ca: tlsSettings().tls_ca,
});

type Settings = z.output<typeof settings>;

/** What a gRPC server says of itself, or of one of its services (grpc.health.v1). */
export const grpc = defineProbe({
  kind: 'grpc',
  title: 'gRPC',
  interval: 30,
  timeout: 5,
  settings,
  thresholds: [{ metric: 'probe_ssl_days_left', op: '<', warning: 21, critical: 7 }],
  instance: ({ url }) => instanceOf(url, PORT),
  async probe(given, run) {
    const url = new URL(run.secret(given.url));
    const socket = await open(url, given, run);
    const service = decodeURIComponent(url.pathname.slice(1));
    const metadata = Object.entries(given.metadata).map(([name, value]) => [name, run.secret(value)]);
    const from = performance.now();
    const answer = await run.phase('check', () =>
      unaryCall(socket, {
        authority: instanceOf(given.url, PORT),
        path: METHOD,
        message: checkRequest(service),
        metadata: Object.fromEntries(metadata),
        timeout: run.timeLeft(),
      }),
    );
    run.measure('probe_grpc_duration_seconds', (performance.now() - from) / 1000, { phase: 'check' });
    judge(answer, service, run);
  },
});

async function open(url: URL, { tls_ca }: Settings, run: ProbeRun): Promise<Socket> {
  const socket = await openConnection(url.hostname, url.port === '' ? PORT : Number(url.port), run);
  if (url.protocol === 'grpc:') return socket;
  try {
    const session = await run.phase('tls', () =>
      startTls(socket, { host: url.hostname, ca: tls_ca, protocols: ['h2'] }),
    );
    measureTls(session, run);
    if (session.distrust !== null) throw session.distrust;
    return session.socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Status codes of gRPC that say more than "not well". */
const REASONS: Record<number, Reason> = {
  4: 'timeout',
  5: 'not_found',
  7: 'forbidden',
  8: 'limit',
  12: 'protocol',
  16: 'auth',
};

const NAMES =
  'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'.split(
    ' ',
  );

function judge({ status, message, stranger, body }: GrpcAnswer, service: string, run: ProbeRun): void {
  if (stranger !== null && status === null) {
    throw new ProbeFailure('protocol', `what answered is no gRPC server: ${stranger}`);
  }
  if (status === null) throw new ProbeFailure('protocol', 'the answer has no gRPC status');
  run.measure('probe_grpc_status_code', status);
  if (status !== 0) {
    const hint = status === 12 ? ': the server has no health service' : message === '' ? '' : `: ${message}`;
    throw new ProbeFailure(
      REASONS[status] ?? 'unhealthy',
      `the health check ended with ${NAMES[status] ?? status}${hint}`,
    );
  }
  judgeServing(servingStatus(body), service, run);
}

function judgeServing(serving: ServingStatus, service: string, run: ProbeRun): void {
  for (const name of SERVING_STATUSES) {
    run.measure('probe_grpc_healthcheck_response', name === serving ? 1 : 0, { serving_status: name });
  }
  run.detail('serving_status', serving);
  if (serving === 'SERVING') return;
  const who = service === '' ? 'the server' : `the service ${service}`;
  throw new ProbeFailure(
    serving === 'SERVICE_UNKNOWN' ? 'not_found' : 'unhealthy',
    `${who} says of itself: ${serving}`,
  );
}
