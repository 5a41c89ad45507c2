import type { ChangeEvent } from '@vigie/contract';
import { urlOf } from './client.ts';

/** Milliseconds of silence after which the connection is taken for dead: the server speaks each 15 s. */
const SILENCE = 40_000;
/** Milliseconds before another try, doubled at each failure. */
const RETRY = { first: 1_000, longest: 30_000 } as const;

export interface StreamHandlers {
  change(event: ChangeEvent): void;
  /** Something may have been missed: fetch everything anew. */
  resync(): void;
  /** Whether changes arrive now. */
  live(isLive: boolean): void;
  /** The session has ended. */
  signedOut(): void;
}

interface Message {
  id: string;
  event: string;
  data: string;
}

/**
 * Reads the server's stream of changes, and connects again whenever it breaks. Own reading in place of
 * EventSource, which hides the signs of life: a connection that died silently would look alive for minutes.
 * @returns what ends it.
 */
export function readEvents(handlers: StreamHandlers): () => void {
  const stop = new AbortController();
  void keepReading(handlers, stop.signal);
  return () => stop.abort();
}

async function keepReading(handlers: StreamHandlers, stop: AbortSignal): Promise<void> {
  let lastId = '';
  let wait: number = RETRY.first;
  while (!stop.aborted) {
    const connection = new AbortController();
    const end = () => connection.abort();
    stop.addEventListener('abort', end, { once: true });
    // The browser knows at once that the network is gone; the connection itself would not tell.
    window.addEventListener('offline', end);
    const silence = watchdog(end);
    try {
      for await (const message of messages(lastId, connection.signal, silence.seen, handlers)) {
        handlers.live(true);
        wait = RETRY.first;
        if (message.id !== '') lastId = message.id;
        if (message.event === 'change') handlers.change(JSON.parse(message.data) as ChangeEvent);
        if (message.event === 'resync') handlers.resync();
      }
    } catch {
      // Whatever broke it: it is opened again below.
    } finally {
      silence.end();
      stop.removeEventListener('abort', end);
      window.removeEventListener('offline', end);
      connection.abort();
    }
    if (stop.aborted) return;
    handlers.live(false);
    await pause(wait, stop);
    wait = Math.min(wait * 2, RETRY.longest);
  }
}

function watchdog(bark: () => void): { seen(): void; end(): void } {
  let timer = setTimeout(bark, SILENCE);
  return {
    seen() {
      clearTimeout(timer);
      timer = setTimeout(bark, SILENCE);
    },
    end: () => clearTimeout(timer),
  };
}

async function* messages(
  lastId: string,
  signal: AbortSignal,
  seen: () => void,
  { signedOut }: StreamHandlers,
): AsyncGenerator<Message> {
  const response = await fetch(urlOf('/events'), {
    signal,
    headers: lastId === '' ? {} : { 'Last-Event-ID': lastId },
  });
  if (response.status === 401) signedOut();
  if (!response.ok || response.body === null) throw new Error(`the stream answered ${response.status}`);
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    seen();
    rest += value;
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield messageOf(block);
  }
}

function messageOf(block: string): Message {
  const message: Message = { id: '', event: '', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    const name = line.slice(0, colon);
    if (name === 'id' || name === 'event' || name === 'data') message[name] = line.slice(colon + 2);
  }
  return message;
}

/** Waits, but no longer than until the network is back or somebody looks at the page again. */
function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      for (const [target, name] of wakers) target.removeEventListener(name, done);
      resolve();
    };
    const wakers: [EventTarget, string][] = [
      [window, 'online'],
      [document, 'visibilitychange'],
      [stop, 'abort'],
    ];
    const timer = setTimeout(done, milliseconds);
    for (const [target, name] of wakers) target.addEventListener(name, done);
  });
}
