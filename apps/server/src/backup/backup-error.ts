/** A backup that cannot be made, read or restored, with the reason in words for whoever asked for it. */
export class BackupError extends Error {
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = 'BackupError';
  }
}
