import { hostname } from 'node:os';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe } from '../../kind.ts';
import { newestFile } from './schedule-file.ts';
import { ageLimitOf, settings } from './settings.ts';

/** How long ago Celery beat wrote its schedule. A task that pings a check proves more: beat, broker and worker. */
export const celeryBeat = defineProbe({
  kind: 'celery-beat',
  title: 'Celery beat',
  local: true,
  up: 'celery_beat_up',
  interval: 60,
  timeout: 5,
  settings,
  instance: ({ schedule }) => `${hostname()}:${schedule}`,
  async probe(settings, run) {
    const { path, changed, isBerkeley } = await run.phase('read', () => newestFile(settings.schedule));
    const age = Math.max(0, (run.now() - changed) / 1000);
    const limit = ageLimitOf(settings);
    run.measure('celery_beat_schedule_age_seconds', age);
    run.detail('schedule_file', path);
    run.detail('last_written', new Date(changed).toISOString());
    run.detail('beat_status', age > limit ? 'stale' : 'healthy');
    if (age <= limit) return;
    if (isBerkeley) {
      throw new ProbeFailure(
        'config',
        `${path} is a Berkeley DB, which beat writes only when it ends: install python3-gdbm for it, or let a task ping a check`,
      );
    }
    const rounded = Math.round(age);
    throw new ProbeFailure('unhealthy', `beat wrote ${path} ${rounded} s ago, more than ${limit} s`);
  },
});
