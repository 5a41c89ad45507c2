/** What a result must be like: for `assert` of a scheduled task. */

/**
 * Looks at a result. `false` or a text is a failure; `true`, an empty text or nothing is none. What it throws is a
 * failure too.
 */
export type Assertion<Result> = (
  result: Result,
) => boolean | string | undefined | Promise<boolean | string | undefined>;

/** Each of them must hold; the first that does not says why. */
export function every<Result>(...assertions: readonly Assertion<Result>[]): Assertion<Result> {
  return async (result) => {
    for (const assertion of assertions) {
      const failure = await failureOf(assertion, result);
      if (failure !== null) return failure;
    }
    return undefined;
  };
}

/** The result has `status` with this value, as a report of health has: `healthy` unless told otherwise. */
export function hasStatus(wanted = 'healthy'): Assertion<{ status: string } | { overall_status: string }> {
  return (result) => {
    const status = 'status' in result ? result.status : result.overall_status;
    return status === wanted || `the status is ${JSON.stringify(status)}, not ${JSON.stringify(wanted)}`;
  };
}

/** A number of rows between two bounds, both included. */
export function rowsBetween<Result = number>(
  least: number,
  most: number = Number.POSITIVE_INFINITY,
  rows: (result: Result) => number = Number,
): Assertion<Result> {
  return (result) => {
    const count = rows(result);
    if (count >= least && count <= most) return true;
    return `${count} rows, not ${most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`}`;
  };
}

/** A version that is above the one before: a rotation that rotates nothing is a failure. The first one passes. */
export function versionGrows<Result = number>(
  version: (result: Result) => number = Number,
  before: number | null = null,
): Assertion<Result> {
  let last = before;
  return (result) => {
    const now = version(result);
    const grows = Number.isFinite(now) && (last === null || now > last);
    if (!grows) return `the version is ${now}, after ${last ?? 'none'}`;
    last = now;
    return true;
  };
}

/** Why the assertion does not hold; null = it does. */
export async function failureOf<Result>(
  assertion: Assertion<Result>,
  result: Result,
): Promise<string | null> {
  try {
    const said = await assertion(result);
    if (said === false) return 'the result is not as it must be';
    return typeof said === 'string' && said !== '' ? said : null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
