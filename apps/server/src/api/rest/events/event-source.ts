import type { Change } from '@vigie/contract';
import { uniqueKeyOf } from '../../../checks/create.ts';
import type { Clock } from '../../../clock.ts';
import { AppError } from '../../../errors.ts';
import type { EventHub } from '../../../events.ts';
import { type ChangeEffect, EventRing } from './event-ring.ts';
import { EventStream, type Sink } from './stream.ts';

/** How a client may see one project. */
export interface View {
  /** The project's public identifier. */
  code: string;
  /** Whether checks are shown by the identifier that pings. */
  mayPing: boolean;
}

/** The projects a client sees now, by internal id; null = it may see nothing any more. */
export type Look = () => Promise<ReadonlyMap<number, View> | null>;

/** Clients at once; each costs a socket and some 100 kB at worst. */
const CLIENT_LIMIT = 500;
/** Milliseconds after which a client's rights are looked at anew, if nothing said that they changed. */
const LOOK_EVERY = 15_000;

interface Client {
  stream: EventStream;
  look: Look;
  views: ReadonlyMap<number, View>;
  cancelLook(): void;
}

/** Hands the changes of a server to the clients that may see them. */
export class EventSource {
  readonly #clock: Clock;
  readonly #ring: EventRing;
  readonly #clients = new Set<Client>();
  readonly #unsubscribe: () => void;

  constructor(clock: Clock, events: EventHub) {
    this.#clock = clock;
    this.#ring = new EventRing(clock.now());
    this.#unsubscribe = events.on('changed', (effect) => this.#publish(effect));
  }

  get clients(): number {
    return this.#clients.size;
  }

  /**
   * Streams changes into a sink, from `lastId` on where that is known.
   * @returns what ends it.
   * @throws AppError `unavailable` when too many clients are here, `unauthenticated` when it may see nothing.
   */
  async connect(sink: Sink, lastId: string | null, look: Look): Promise<() => void> {
    if (this.#clients.size >= CLIENT_LIMIT) throw new AppError('unavailable', 'too many event streams');
    const views = await look();
    if (views === null) throw new AppError('unauthenticated', 'sign in, or send a key');
    const stream = new EventStream(this.#clock, sink);
    const client: Client = { stream, look, views, cancelLook: () => undefined };
    this.#clients.add(client);
    this.#begin(client, lastId);
    this.#planLook(client);
    return () => this.#disconnect(client);
  }

  /** Ends every stream. */
  close(): void {
    this.#unsubscribe();
    for (const client of [...this.#clients]) this.#disconnect(client);
  }

  #begin(client: Client, lastId: string | null): void {
    const here = this.#ring.idOf(this.#ring.latest);
    const missed = lastId === null ? [] : this.#ring.after(lastId);
    client.stream.open(missed === null || missed.length > 0 ? (lastId ?? here) : here);
    if (missed === null) client.stream.resync(here);
    else for (const effect of missed) client.stream.add(seenBy(client, effect), here);
  }

  #publish(effect: ChangeEffect): void {
    const id = this.#ring.idOf(this.#ring.add(effect).n);
    for (const client of this.#clients) {
      client.stream.add(seenBy(client, effect), id);
      // Members, roles and keys are part of the project: what the client may see may have changed.
      if (effect.noun === 'project') void this.#lookAgain(client);
    }
  }

  #planLook(client: Client): void {
    client.cancelLook = this.#clock.after(LOOK_EVERY, () => void this.#lookAgain(client));
  }

  async #lookAgain(client: Client): Promise<void> {
    client.cancelLook();
    const views = await client.look().catch(() => null);
    if (!this.#clients.has(client)) return;
    if (views === null) {
      this.#disconnect(client);
      return;
    }
    const before = client.views;
    client.views = views;
    const here = this.#ring.idOf(this.#ring.latest);
    if ([...views.keys()].some((id) => !before.has(id))) client.stream.resync(here);
    else client.stream.add(lostOf(before, views), here);
    client.cancelLook();
    this.#planLook(client);
  }

  #disconnect(client: Client): void {
    if (!this.#clients.delete(client)) return;
    client.cancelLook();
    client.stream.end();
  }
}

/**
 * The projects that a client sees no longer, as changes of them. Mostly it has been told by the change itself; not
 * when its rights were looked at between that and its news.
 */
function lostOf(before: ReadonlyMap<number, View>, after: ReadonlyMap<number, View>): Change[] {
  const lost = [...before].filter(([id]) => !after.has(id));
  return lost.map(([, { code }]) => ({ noun: 'project', project: code, id: code }));
}

function seenBy(client: Client, { noun, project, ids }: ChangeEffect): Change[] {
  const view = client.views.get(project);
  if (view === undefined || client.stream.isFull) return [];
  const nameOf = (id: string): string => (noun === 'check' && !view.mayPing ? uniqueKeyOf(id) : id);
  return ids.map((id) => ({ noun, project: view.code, id: nameOf(id) }));
}
