import { hostname } from 'node:os';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe, type ProbeRun } from '../../kind.ts';
import { eachObject } from '../../s3/objects.ts';
import { instanceOf } from '../../setting-types.ts';
import { faultOf, isGrowing } from './judge.ts';
import { type BackupFile, collect, type Found, newestFiles } from './newest.ts';
import { judgePushed } from './pushed.ts';
import { wanted } from './pushed-metrics.ts';
import { type Settings, settings } from './settings.ts';

const MINUTE = 60_000;
const MEBIBYTE = 1_048_576;

/** Whether there is a backup that is young and large enough, in files of the server's machine, in a bucket, or by what its job pushed. */
export const backup = defineProbe({
  kind: 'backup',
  title: 'Backup',
  local: true,
  up: 'backup_up',
  interval: 300,
  timeout: 10,
  settings,
  instance({ files, s3, pushed }) {
    if (pushed !== null) return wanted(pushed.last_success, pushed.labels);
    return s3 === null
      ? `${hostname()}:${files}`
      : `${instanceOf(s3.endpoint, 443)}/${s3.bucket}/${s3.prefix}`;
  },
  async probe(given, run) {
    if (given.pushed !== null) return judgePushed(given.pushed, given, run);
    const latest = run.now() - given.settled_after_minutes * MINUTE;
    const { count, newest } = await found(given, latest, run);
    const [first] = newest;
    if (first === undefined) throw new ProbeFailure('not_found', `there is no backup: ${nothing(given)}`);
    const grows = isGrowing(first, seenBefore(run.memory));
    run.memory.set('newest', first);
    run.measure('backup_files', count);
    run.measure('backup_growing', grows ? 1 : 0);
    run.detail('count', count);
    // One that is being written is none yet, however long that takes.
    const [whole, previous] = grows ? newest.slice(1) : newest;
    if (whole === undefined)
      throw new ProbeFailure('unhealthy', `the only backup, ${first.name}, is being written`);
    measure(whole, run);
    const fault = faultOf(whole, previous, run.now(), given);
    if (fault !== null) throw new ProbeFailure('unhealthy', fault);
  },
});

/** Those that were whole at `latest`, epoch ms. */
async function found({ files, s3 }: Settings, latest: number, run: ProbeRun): Promise<Found> {
  if (s3 === null) return run.phase('read', () => newestFiles(files, latest));
  const all: Found = { count: 0, newest: [] };
  const hasMore = await eachObject(s3, run, ({ key, size, changed }) => {
    if (changed <= latest) collect(all, { name: key, size, changed });
  });
  if (!hasMore) return all;
  // Objects come by their names: the newest may be among those that were not read.
  throw new ProbeFailure('limit', 'the prefix holds more than 10,000 objects: name a longer one');
}

function nothing({ files, s3 }: Settings): string {
  return s3 === null ? `no file is like ${files}` : `bucket ${s3.bucket} has no object below "${s3.prefix}"`;
}

function isFile(value: unknown): value is BackupFile {
  return (
    typeof value === 'object' && value !== null && 'changed' in value && 'size' in value && 'name' in value
  );
}

function seenBefore(memory: Map<string, unknown>): BackupFile | null {
  const value = memory.get('newest');
  return isFile(value) ? value : null;
}

function measure({ name, size, changed }: BackupFile, run: ProbeRun): void {
  run.measure('backup_last_success_timestamp_seconds', changed / 1000);
  run.measure('backup_age_seconds', Math.max(0, (run.now() - changed) / 1000));
  run.measure('backup_size_bytes', size);
  run.detail('newest', name);
  run.detail('last_backup', new Date(changed).toISOString());
  run.detail('size_mb', Math.round((size / MEBIBYTE) * 100) / 100);
}
