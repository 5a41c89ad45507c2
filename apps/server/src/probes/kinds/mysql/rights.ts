import { ProbeFailure } from '../../failure.ts';
import type { Detail, ProbeRun } from '../../kind.ts';
import type { Settings } from './settings.ts';

/** What the user may see, learnt by looking. */
export interface Rights {
  /**
   * Does what a global right is needed for.
   * @throws ProbeFailure `forbidden` when it is missing, unless the settings put up with it.
   */
  need(right: string, work: () => Promise<void>): Promise<void>;
  /** Notes a right that is missing, for people. */
  missing(right: string): void;
}

export function rightsOf({ require_rights }: Settings, run: ProbeRun): Rights {
  const lacking: Detail[] = [];
  const missing = (right: string): void => {
    lacking.push(right);
    run.detail('missing_rights', lacking);
  };
  run.detail('missing_rights', lacking);
  return {
    missing,
    async need(right, work) {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof ProbeFailure) || error.reason !== 'forbidden') throw error;
        missing(right);
        if (!require_rights) return;
        const advice = `GRANT ${right} ON *.* to this user, or allow missing rights`;
        throw new ProbeFailure('forbidden', `${error.message}: ${advice}`, { cause: error });
      }
    },
  };
}
