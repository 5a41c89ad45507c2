/** Files of the machine that the server runs on: which of them a probe may look at. */
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { access, open, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { codeOf } from '../notify/failure.ts';
import { ProbeFailure } from './failure.ts';

/** Characters of a path (PATH_MAX of Linux). */
const PATH_LENGTH = 4_096;
/** What the kernel shows of every process, and where secrets are mounted: nothing that a probe of files looks at. */
const NEVER = ['/proc', '/sys', '/dev', '/run/secrets', '/run/credentials'];
/** A folder that holds one of these is our own data directory. */
const OUR_OWN = ['secret_key', 'vigie.db'];

/** A whole path without `..`. */
export function localPath() {
  return z
    .string()
    .max(PATH_LENGTH)
    .regex(/^\/[^\0]*$/, { error: 'must be a whole path, from / on' })
    .refine((path) => !path.split('/').includes('..'), { error: 'must not hold ..' });
}

/**
 * Where a path really leads, links followed.
 * @throws ProbeFailure `not_found`, or `config` when no probe may look there.
 */
export async function allowedPath(path: string): Promise<string> {
  const real = await realpath(path).catch((error: unknown) => {
    throw fileFailure(error, path);
  });
  if (NEVER.some((folder) => real === folder || real.startsWith(`${folder}/`))) {
    throw new ProbeFailure('config', `no probe looks at ${path}: it leads to ${real}`);
  }
  for (let folder = real; folder !== '/'; folder = dirname(folder)) {
    if (await holdsOurs(folder))
      throw new ProbeFailure('config', `no probe looks at the server's own data (${path})`);
  }
  return real;
}

async function holdsOurs(folder: string): Promise<boolean> {
  const found = await Promise.all(OUR_OWN.map((name) => exists(join(folder, name))));
  return found.includes(true);
}

function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

/** Opens a regular file that a probe may look at. @throws ProbeFailure */
export async function openAllowed(path: string): Promise<FileHandle> {
  const real = await allowedPath(path);
  // Not to wait for the other end of a pipe; not to follow what became a link meanwhile.
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const file = await open(real, flags).catch((error: unknown) => {
    throw fileFailure(error, path);
  });
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new ProbeFailure('config', `${path} is not a regular file`);
}

/** What the system says about a path. */
export function fileFailure(error: unknown, path: string): ProbeFailure {
  const cause = { cause: error };
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new ProbeFailure('not_found', `there is no ${path}`, cause);
    case 'EACCES':
    case 'EPERM':
      return new ProbeFailure('forbidden', `the server's user may not look at ${path}`, cause);
    case 'ELOOP':
      return new ProbeFailure('config', `${path} leads in a circle of links`, cause);
    default:
      return new ProbeFailure('internal', `${path} cannot be read: ${codeOf(error)}`, cause);
  }
}
