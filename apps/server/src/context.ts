import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Commands } from './commands.ts';
import type { Config } from './config/config.ts';
import type { EventHub } from './events.ts';
import type { Writer } from './store/command.ts';
import type { Store } from './store/open.ts';

/** What every handler may use; made once by `startApp`. */
export interface Context {
  /** The configuration now; replaced as a whole on reload. */
  config(): Config;
  clock: Clock;
  /** Reading. */
  store: Store;
  /** The one way to change anything. */
  writer: Writer<Commands>;
  /** Signs sessions, links and badges, and keys the hash of API keys. */
  secretKey: string;
  events: EventHub;
  log: Logger;
}
