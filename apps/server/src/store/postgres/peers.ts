import type { Client } from 'pg';
import type { Clock } from '../../clock.ts';
import type { Effect } from '../tx.ts';
import { driver } from './driver.ts';

/** The PostgreSQL notification channel on which nodes tell each other what became durable. */
export const PEER_CHANNEL = 'vigie';
/** Milliseconds until a lost connection is tried again. */
const RECONNECT = 1_000;

export interface PeerOptions {
  url: string;
  clock: Clock;
  /** This node's own mark: what it said itself is not heard again. */
  origin: string;
  onEffects(effects: Effect[]): void;
  /** Called once listening, and after each gap in which something may have been missed. */
  onGap(): void;
  onError(message: string): void;
}

export type ListenToPeers = (options: PeerOptions) => () => Promise<void>;

/** What a notification tells of; nothing where the node whose mark is `origin` sent it. */
export function effectsOfOthers(payload: string, origin: string): Effect[] {
  const [sender, effects] = JSON.parse(payload) as [string, Effect[]];
  return sender === origin ? [] : effects;
}

/** Hears what other nodes on the same database commit; returns a function that ends it. */
export function listenToPeers(options: PeerOptions): () => Promise<void> {
  let client: Client | null = null;
  let cancel: (() => void) | null = null;
  let stopped = false;

  async function connect(): Promise<void> {
    const mine = new (driver().Client)({
      connectionString: options.url,
      application_name: 'vigie-peers',
      keepAlive: true,
    });
    client = mine;
    mine.on('error', (error) => options.onError(`the connection to the other nodes broke: ${error.message}`));
    mine.on('end', again);
    mine.on('notification', ({ payload }) =>
      options.onEffects(effectsOfOthers(payload ?? '', options.origin)),
    );
    try {
      await mine.connect();
      await mine.query(`listen ${PEER_CHANNEL}`);
      options.onGap();
    } catch (error) {
      options.onError(`cannot listen to the other nodes: ${error instanceof Error ? error.message : error}`);
      await mine.end().catch(again);
    }
  }

  function again(): void {
    if (stopped || cancel !== null) return;
    cancel = options.clock.after(RECONNECT, () => {
      cancel = null;
      void connect();
    });
  }

  void connect();
  return async () => {
    stopped = true;
    cancel?.();
    await client?.end();
  };
}
