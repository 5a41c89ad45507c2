/** What a provider said when it took a message. */
export interface Answer {
  /** Kept in the ledger; cut there. */
  text: string;
}

export interface FailureTraits {
  /** Whether the same message may get through later. */
  retryable: boolean;
  /** Milliseconds the provider asked everybody to wait; null = it did not say. */
  retryAfter?: number | null;
  /** Nothing can get through until somebody changes the channel: it is disabled. */
  permanent?: boolean;
}

/**
 * A message that was not delivered. Says whether another try helps; whether and when it happens is decided
 * in `retry.ts` alone. The message is English, for the ledger, and free of secrets once it left `deliver.ts`.
 */
export class DeliveryError extends Error {
  readonly retryable: boolean;
  readonly retryAfter: number | null;
  readonly permanent: boolean;

  constructor(message: string, traits: FailureTraits, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'DeliveryError';
    this.retryable = traits.retryable;
    this.retryAfter = traits.retryAfter ?? null;
    this.permanent = traits.permanent ?? false;
  }
}

/** The `code` of a system or library error; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
