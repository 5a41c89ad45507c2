import type { Names } from './substitute.ts';

/** A server with a project for one case. */
export interface World extends AsyncDisposable {
  /** Where requests go. */
  url: string;
  /** Names that every case may use: `base`, `ping_endpoint`, `project`, `ping_key`, ... */
  names: Names;
  /** API keys by the word that steps use for them; an absent one is not known here. */
  keys: Partial<Record<'write' | 'read' | 'other', string>>;
  /** The server's time, epoch ms. */
  now(): number;
  /** Milliseconds by which answers may be off that time. */
  tolerance: number;
  /** Lets seconds pass; absent where time is nobody's to move. */
  advance?(seconds: number): Promise<void>;
  /** Makes a channel and returns its UUID; absent where that is not in our hands. */
  makeChannel?(name: string, kind: string): Promise<string>;
}
