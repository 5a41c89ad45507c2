/** The few kinds of failure an outsider can meet; each maps to one HTTP status, once. */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  second_factor: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** What a failure tells beside its sentence. */
interface ErrorDetail {
  /** The offending input. */
  field?: string;
  /** The revision at which the thing is now, for who knew an earlier one. */
  currentRevision?: number;
}

/** A failure that its receiver can act on. `field` names the offending input where there is one. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly field: string | null;
  readonly currentRevision: number | null;

  constructor(code: ErrorCode, message: string, options: ErrorDetail & { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = options.field ?? null;
    this.currentRevision = options.currentRevision ?? null;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** What is left of an error after it crossed a thread. */
export interface ErrorRecord {
  code: ErrorCode;
  message: string;
  field: string | null;
  currentRevision: number | null;
  stack: string | undefined;
}

/** Anything thrown, as plain data; what is not an `AppError` becomes `internal`. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof AppError) {
    const { code, message, field, currentRevision, stack } = error;
    return { code, message, field, currentRevision, stack };
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = error instanceof Error ? error.stack : undefined;
  return { code: 'internal', message, field: null, currentRevision: null, stack };
}

/** The inverse of {@link toErrorRecord}. */
export function fromErrorRecord(record: ErrorRecord): AppError {
  const { code, message, field, currentRevision, stack } = record;
  const error = new AppError(code, message, {
    ...(field === null ? {} : { field }),
    ...(currentRevision === null ? {} : { currentRevision }),
  });
  if (stack !== undefined) error.stack = stack;
  return error;
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
