/** Which entries of the audit log are shown. */
export interface AuditSearch {
  actor?: string;
  action?: string;
}

/** What the address of the audit log says besides its path. */
export function readSearch({ actor, action }: Record<string, unknown>): AuditSearch {
  return {
    ...(typeof actor === 'string' && actor !== '' ? { actor } : {}),
    ...(typeof action === 'string' && action !== '' ? { action } : {}),
  };
}
