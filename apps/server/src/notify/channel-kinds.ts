import { AppError } from '../errors.ts';
import type { ChannelKind } from './channel.ts';
import { CHANNEL_KINDS } from './channels/index.ts';

/** The kind of this name, ours, Healthchecks' or Alertmanager's; undefined = there is none. */
export function findKind(name: string): ChannelKind | undefined {
  return (
    CHANNEL_KINDS.find(({ kind }) => kind === name) ??
    CHANNEL_KINDS.find(({ healthchecks, alertmanager }) => healthchecks === name || alertmanager === name)
  );
}

/** The same for a name that a client gave. @throws AppError `invalid` with the kinds there are. */
export function requireKind(name: string): ChannelKind {
  const kind = findKind(name);
  if (kind !== undefined) return kind;
  const known = CHANNEL_KINDS.map((other) => other.kind).join(', ');
  throw new AppError('invalid', `kind: there is no such kind of channel; there are ${known}`, {
    field: 'kind',
  });
}
