/** A start that fails for a reason its user can mend: the message says which setting, and why; no stack helps. */
export class StartError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** What the codes of Node.js and PostgreSQL mean to who starts a server. */
const REASONS: Record<string, string> = {
  EADDRINUSE: 'it is in use; choose another port',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'it is not permitted',
  EPERM: 'it is not permitted',
  EEXIST: 'it is not a directory',
  ENOTDIR: 'it is not a directory',
  EROFS: 'it cannot be written',
  ENOENT: 'it cannot be made',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the host is not known',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection broke',
  ETIMEDOUT: 'no answer came',
  '28P01': 'user or password is not accepted',
  '28000': 'user or password is not accepted',
  '3D000': 'there is no such database',
};

/**
 * Does a part of the start; a failure with a known code is told as `setting=value: reason`.
 * `value` must hold no secret.
 */
export async function settingUp<T>(setting: string, value: string, act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const reason = REASONS[codeOf(error)];
    if (reason === undefined) throw error;
    throw new StartError(`${setting}=${value}: ${reason}`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** A database URL without its user and password, and without parameters: they may hold a password too. */
export function shownUrl(url: string): string {
  const isFile = !/^\w+:\/\//.test(url);
  return isFile ? url : url.replace(/\?.*$/s, '').replace(/\/\/[^/]*@/, '//');
}
