import type { Action } from '../../checks/model.ts';
import type { PingTarget } from '../../checks/ping.ts';

/** What a ping URL says; `overflow` = an exit status no process can have. */
export interface PingPath {
  target: PingTarget;
  action: Action;
  exitstatus: number | null;
  overflow: boolean;
}

const SUFFIX = '(start|fail|log|[0-9]+)';
const BY_CODE = new RegExp(`^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/${SUFFIX}?)?$`);
const BY_SLUG = new RegExp(`^([-a-zA-Z0-9_]+)/([-a-zA-Z0-9_]+)(?:/${SUFFIX})?$`);
const HIGHEST_EXITSTATUS = 255;

/**
 * Reads what follows the ping endpoint, without its query. A UUID with an unknown suffix reads as ping key
 * and slug, as in the original.
 * @returns null when no ping route matches.
 */
export function parsePingPath(path: string, create: boolean): PingPath | null {
  const byCode = BY_CODE.exec(path);
  if (byCode?.[1] !== undefined) return withSuffix({ code: byCode[1] }, byCode[2]);
  const bySlug = BY_SLUG.exec(path);
  if (bySlug?.[1] === undefined || bySlug[2] === undefined) return null;
  return withSuffix({ pingKey: bySlug[1], slug: bySlug[2], create }, bySlug[3]);
}

function withSuffix(target: PingTarget, suffix: string | undefined): PingPath {
  if (suffix === undefined) return { target, action: 'success', exitstatus: null, overflow: false };
  if (suffix === 'start' || suffix === 'fail' || suffix === 'log') {
    return { target, action: suffix, exitstatus: null, overflow: false };
  }
  const exitstatus = Number(suffix);
  const overflow = exitstatus > HIGHEST_EXITSTATUS;
  return {
    target,
    action: exitstatus === 0 ? 'success' : 'fail',
    exitstatus: overflow ? null : exitstatus,
    overflow,
  };
}
