import type { ProbeKind } from '../kind.ts';
import { backup } from './backup/probe.ts';
import { bullmq } from './bullmq/probe.ts';
import { celery } from './celery/probe.ts';
import { celeryBeat } from './celery-beat/probe.ts';
import { comprehensive } from './comprehensive/probe.ts';
import { dns } from './dns/probe.ts';
import { docker } from './docker/probe.ts';
import { elasticsearch } from './elasticsearch/probe.ts';
import { grpc } from './grpc/probe.ts';
import { haproxy } from './haproxy/probe.ts';
import { host } from './host/probe.ts';
import { http } from './http/probe.ts';
import { icmp } from './icmp/probe.ts';
import { kafka } from './kafka/probe.ts';
import { logRate } from './log-rate/probe.ts';
import { memcached } from './memcached/probe.ts';
import { mongodb } from './mongodb/probe.ts';
import { mqtt } from './mqtt/probe.ts';
import { mysql } from './mysql/probe.ts';
import { nats } from './nats/probe.ts';
import { postgres } from './postgres/probe.ts';
import { process } from './process/probe.ts';
import { rabbitmq } from './rabbitmq/probe.ts';
import { redis } from './redis/probe.ts';
import { s3 } from './s3/probe.ts';
import { sql } from './sql/probe.ts';
import { tcp } from './tcp/probe.ts';
import { tls } from './tls/probe.ts';
import { vault } from './vault/probe.ts';
import { zookeeper } from './zookeeper/probe.ts';

/** Every kind of probe. Adding one: its folder, and a line here. */
export const PROBE_KINDS: readonly ProbeKind[] = [
  backup,
  bullmq,
  celery,
  celeryBeat,
  comprehensive,
  dns,
  docker,
  elasticsearch,
  grpc,
  haproxy,
  host,
  http,
  icmp,
  kafka,
  logRate,
  memcached,
  mongodb,
  mqtt,
  mysql,
  nats,
  postgres,
  process,
  rabbitmq,
  redis,
  s3,
  sql,
  tcp,
  tls,
  vault,
  zookeeper,
];
