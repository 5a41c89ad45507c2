/** What is said about a check. */

/** `n` from 0 to 255 is the exit status of a process; 0 is a success. */
export type Kind = 'start' | 'success' | 'fail' | 'log' | number;

/**
 * `delivered`: the server has it. `pending`: it is kept, and goes out as soon as that is possible. `refused`: the
 * server, or common sense, will not have it. `superseded`: a later outcome went in its place. `dropped`: the
 * buffer was full. `off`: monitoring is switched off.
 */
export type Outcome = 'delivered' | 'pending' | 'refused' | 'superseded' | 'dropped' | 'off';

/** The check that is meant: by its UUID, or by a name, which is found or made. */
export type Target = { id: string } | NamedTarget;

export interface NamedTarget {
  name: string;
  /** How the check shall be: a new one, and one that is there already. */
  declared?: { schedule?: string; tz?: string; timeout?: number; grace?: number };
  /** Words with blanks between them; for a new check alone. */
  tags?: string;
  /** For a new check alone. */
  desc?: string;
}

export interface Report {
  target: Target;
  kind: Kind;
  /** Of the run; null = none. */
  rid: string | null;
  body: string;
  /** When it happened, by `performance.now()`: a clock that nobody sets. */
  at: number;
}

/** Reports of one check go out in their order, those of several side by side. */
export function laneOf(target: Target): string {
  return 'id' in target ? `id ${target.id}` : `name ${target.name}`;
}

/** For messages: a UUID lets everybody ping, so no more than its beginning is told. */
export function titleOf(target: Target): string {
  return 'id' in target ? `the check ${target.id.slice(0, 8)}…` : `the check ${JSON.stringify(target.name)}`;
}

export function isOutcome({ kind }: Report): boolean {
  return kind !== 'start' && kind !== 'log';
}

/** What follows the address of the check. */
export function suffixOf(kind: Kind): string {
  return kind === 'success' ? '' : `/${kind}`;
}
