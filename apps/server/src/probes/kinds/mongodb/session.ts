import type { Document, MongoClient, MongoClientOptions } from 'mongodb';
import { placeOf } from '../../connection.ts';
import type { DatabaseAddress } from '../../databases/database-address.ts';
import { openPeer } from '../../databases/open-peer.ts';
import type { PeerProtocol } from '../../databases/peer-stream.ts';
import type { ProbeRun } from '../../kind.ts';
import { mongoFailure } from './failure.ts';

/** Milliseconds between two looks of the driver at its server: more than a run has. */
const SELDOM = 3_600_000;

/** A connection to one member. */
export interface MongoSession extends AsyncDisposable {
  /** Runs a command on the database admin. @throws ProbeFailure */
  command(command: Document): Promise<Document>;
}

/** The number of our own question, which its answer repeats. */
const ASKED = 1;
const OP_REPLY = 1;
const OP_COMPRESSED = 2012;
const OP_MSG = 2013;

/** Length, own number, number of the question, kind (MongoDB documentation, "Wire Protocol"). */
const MONGODB: PeerProtocol = {
  title: 'MongoDB',
  begins(start) {
    if (start.length > 8 && start[8] !== ASKED) return false;
    if (start.length < 16) return null;
    const kind = start.readInt32LE(12);
    return start.readInt32LE(8) === ASKED && [OP_REPLY, OP_COMPRESSED, OP_MSG].includes(kind);
  },
};

/**
 * Connects and logs in, in phases. The driver waits out its time where nobody listens or somebody else answers, and
 * hides what is wrong with a certificate: so a connection of our own goes first.
 * @throws ProbeFailure
 */
export async function openMongo(address: DatabaseAddress, run: ProbeRun): Promise<MongoSession> {
  const { BSON, MongoClient } = await import('mongodb');
  await greeted(address, BSON.serialize({ hello: 1, $db: 'admin' }), run);
  const where = placeOf(address.host, address.port);
  const client = new MongoClient(`mongodb://${where}/`, optionsOf(address, run));
  run.signal.addEventListener('abort', () => void ended(client), { once: true });
  try {
    await run.phase('auth', () => loggedIn(client, where));
  } catch (error) {
    await ended(client);
    throw error;
  }
  return {
    async command(command) {
      try {
        return await client.db('admin').command(command);
      } catch (error) {
        throw mongoFailure(error, where);
      }
    },
    [Symbol.asyncDispose]: () => ended(client),
  };
}

/** Says hello over a connection of its own, and hears how the answer begins. */
async function greeted(address: DatabaseAddress, hello: Uint8Array, run: ProbeRun): Promise<void> {
  const { host, tls } = address;
  const peer = await openPeer(address, MONGODB, run);
  try {
    if (tls !== null) await run.phase('tls', () => peer.secure(host, tls));
    const head = Buffer.alloc(21);
    head.writeInt32LE(head.length + hello.length, 0);
    head.writeInt32LE(ASKED, 4);
    head.writeInt32LE(OP_MSG, 12);
    peer.write(Buffer.concat([head, hello]));
    peer.listen();
    await run.phase('greeting', () => peer.greeted);
  } finally {
    peer.destroy();
  }
}

async function loggedIn(client: MongoClient, where: string): Promise<void> {
  // The driver would try again until its time is over.
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  client.once('serverHeartbeatFailed', ({ failure }) => lost.reject(failure));
  const connected = client.connect();
  connected.catch(() => undefined);
  try {
    await Promise.race([connected, lost.promise]);
  } catch (error) {
    throw mongoFailure(error, where);
  }
}

function optionsOf(address: DatabaseAddress, run: ProbeRun): MongoClientOptions {
  const { user, password, database, tls, query } = address;
  const left = run.timeLeft();
  return {
    appName: 'vigie',
    directConnection: true,
    maxPoolSize: 1,
    retryReads: false,
    retryWrites: false,
    serverMonitoringMode: 'poll',
    heartbeatFrequencyMS: SELDOM,
    serverSelectionTimeoutMS: left,
    connectTimeoutMS: left,
    socketTimeoutMS: left,
    lookup: run.lookup,
    tls: tls !== null,
    ...(tls === null || tls.ca === null ? {} : { ca: tls.ca }),
    ...(user === ''
      ? {}
      : {
          auth: { username: user, password },
          authSource: query.get('authSource') ?? (database === '' ? 'admin' : database),
        }),
  };
}

async function ended(client: MongoClient): Promise<void> {
  await client.close().catch(() => undefined);
}
