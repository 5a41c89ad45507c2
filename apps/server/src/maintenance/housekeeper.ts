import { HOUR, hourOf } from '../checks/rollup.ts';
import type { Clock } from '../clock.ts';
import { messageOf } from '../errors.ts';
import { WakeTimer } from '../work/timer.ts';
import type { RetentionInput } from './commands.ts';

/** Milliseconds after the full hour, so that the last pings of the hour are in. */
const AFTER_HOUR = 5_000;
/** Milliseconds between two pages of work: pings go first. */
const PAUSE = 20;

export interface HousekeeperOptions {
  clock: Clock;
  closeHours(): Promise<boolean>;
  applyRetention(afterCheck: number): Promise<number | null>;
  onError(message: string): void;
}

/** Once an hour, page by page: closes the hour's sums and deletes what is past its time. */
export function housekeeper(options: HousekeeperOptions): WakeTimer {
  let stage: 'hours' | 'retention' = 'hours';
  let afterCheck: RetentionInput['afterCheck'] = 0;
  const timer = new WakeTimer(options.clock, PAUSE, async () => {
    const now = options.clock.now();
    try {
      if (stage === 'hours') {
        if (await options.closeHours()) return now + PAUSE;
        stage = 'retention';
        afterCheck = 0;
        return now + PAUSE;
      }
      const next = await options.applyRetention(afterCheck);
      if (next !== null) {
        afterCheck = next;
        return now + PAUSE;
      }
      stage = 'hours';
    } catch (error) {
      options.onError(`housekeeping failed: ${messageOf(error)}`);
    }
    return hourOf(now) + HOUR + AFTER_HOUR;
  });
  return timer;
}
