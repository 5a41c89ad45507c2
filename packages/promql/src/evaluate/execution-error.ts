/** A query that is well-formed and cannot be answered: HTTP 422. The message is the original's. */
export class ExecutionError extends Error {
  override readonly name = 'ExecutionError';
}

/** A query that was ended before its answer: by whoever asked it, or by the clock. */
export class QueryEnded extends Error {
  override readonly name = 'QueryEnded';
  readonly why: 'canceled' | 'timeout';

  constructor(why: 'canceled' | 'timeout') {
    super(
      why === 'timeout'
        ? 'query timed out in expression evaluation'
        : 'query was canceled in expression evaluation',
    );
    this.why = why;
  }
}

/** A question that no query of its kind can ask: a bad request. */
export class InvalidQuery extends Error {
  override readonly name = 'InvalidQuery';
}
