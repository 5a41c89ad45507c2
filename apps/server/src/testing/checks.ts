import { DEFAULT_FIELDS, firstState } from '../checks/create.ts';
import type { Check } from '../checks/model.ts';
import type { PingInput } from '../checks/ping.ts';
import { noChanges } from '../checks/transition.ts';

/** A check as a row, simple, an hour and ten minutes of grace, unless told otherwise. */
export function aCheck(own: Partial<Check> = {}): Check {
  return {
    ...firstState(1, 0),
    ...DEFAULT_FIELDS,
    code: '11111111-1111-4111-8111-111111111111',
    project_id: 1,
    revision: 1,
    timeout: 3600,
    grace: 600,
    ...own,
  };
}

/** A success over HTTP at `at`, unless told otherwise. */
export function aPing(at: number, own: Partial<PingInput> = {}): PingInput {
  return {
    target: { code: '11111111-1111-4111-8111-111111111111' },
    action: 'success',
    exitstatus: null,
    fault: null,
    scheme: 'http',
    remoteAddr: '127.0.0.1',
    method: 'GET',
    userAgent: '',
    rid: null,
    body: null,
    logLimit: 100,
    mail: null,
    at,
    receivedAt: at,
    ...own,
  };
}

/** Ids that count up, and an empty account of changes. */
export function aLedger() {
  let last = 0;
  return { newId: () => `id-${++last}`, changes: noChanges() };
}
