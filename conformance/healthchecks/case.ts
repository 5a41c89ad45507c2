/** The form of the cases: plain JSON, so that any server and any language can run them. See README.md. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Lets time pass, in seconds. */
export interface Advance {
  advance: number;
}

/** Makes a check with the writing key, through version 3 unless told otherwise. */
export interface Make {
  make: { [field: string]: Json };
  /** The name by which later steps know it. */
  as: string;
  version?: 1 | 2 | 3;
}

/** Makes a channel of the project, by other means than the API under test. */
export interface MakeChannel {
  channel: string;
  kind?: string;
  as: string;
}

/** Names the present time, in whole Unix seconds. */
export interface Instant {
  instant: string;
}

/** Several pings of one check, each told by what follows its UUID. */
export interface Pings {
  pings: string[];
  of: string;
}

/** A request and what its answer must be. What an expectation does not name may be anything. */
export interface Send {
  /** Method, a space, path and query; or the whole of an address that the server gave. */
  send: string;
  /** `write` (for paths under /api/, unless told otherwise), `read`, `other` (another project's), `none`, or `=<value>`. */
  key?: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: Json;
  /** Sent as it is. */
  raw?: string;
  /** Sent as these bytes. */
  base64?: string;
  /** Sent as a text so many times. */
  fill?: [text: string, times: number];

  status?: number;
  /** The whole body. */
  text?: string;
  /** A part of the body, or several. */
  contains?: string | string[];
  /** The body as JSON, whole; with matchers. */
  json?: Json;
  /** Some keys of the body as JSON; null as value means null, and "$absent" that there is no such key. */
  has?: { [key: string]: Json };
  /** The keys of the JSON object (or of what `at` leads to), in their order. */
  keys?: string[];
  /** The body's lines; with matchers. */
  lines?: string[];
  /** Whether each of the flips listed was one up (1) or another (0). */
  flips?: number[];
  /** The names of the checks listed, in their order. */
  names?: string[];
  /** The `channels` of the check shown, by the names of their steps; listed in the order of their UUIDs. */
  channels?: string[];
  /** Where in the JSON `json`, `has` and `keys` look: keys and indexes, parted by dots or in an array. */
  at?: string | string[];
  /** Headers by name; null = must be absent. */
  header?: Record<string, string | null>;
  /** Names for values of the JSON, by where they are. */
  save?: Record<string, string>;
}

/** A ping that must be answered with 200, or with what `status` says. */
export interface Ping extends Omit<Send, 'send'> {
  /** What follows the ping endpoint; `POST ` and the like before it when it is no GET. */
  ping: string;
}

/** A look at a badge: its address comes from the list of badges, or from the check's `badge_url`. */
export interface Visit extends Omit<Send, 'send'> {
  visit:
    | { tag: string; form: string }
    | { check: string; states: string; format: string }
    /** `from` is a regular expression for what `to` replaces. */
    | { address: string; from?: string; to?: string };
}

export type Step = Advance | Make | MakeChannel | Instant | Pings | Send | Ping | Visit;

export interface Case {
  /** A statement; `${...}` as in steps. */
  name: string;
  /** Our own addition: other servers do otherwise. */
  addition?: boolean;
  /** Settings by their environment names: the case gets a server of its own. */
  env?: Record<string, string>;
  /** The case once for each row, the row's values by name. */
  each?: { [name: string]: Json }[];
  steps: Step[];
}

export interface CaseFile {
  about: string;
  cases: Case[];
}
