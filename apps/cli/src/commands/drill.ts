import { setTimeout as pause } from 'node:timers/promises';
import type { Drill } from '@vigie/contract';
import { ClientError } from '../client/client.ts';
import { type ActionCall, clientCommand, queryOf, textFlag } from '../client/client-command.ts';
import { durationFrom, timeText } from '../client/words.ts';
import type { Command } from '../command.ts';

/** Milliseconds between two looks. */
const LOOK_EVERY = 500;

async function page(call: ActionCall): Promise<void> {
  const patience = durationFrom(textFlag(call, 'wait') ?? '30m');
  const channels = textFlag(call, 'channels')?.split(',');
  const severity = textFlag(call, 'severity');
  const body = {
    ...(channels === undefined ? {} : { channels }),
    ...(severity === undefined ? {} : { severity }),
  };
  const started = await call.client.call<Drill>('POST', `/drills${queryOf(call, {})}`, body);
  call.note(
    `drill ${started.id} began ${timeText(started.started_at)}; waiting until somebody acknowledges it`,
  );
  const drill = await outcome(call, started, Date.now() + patience);
  call.show(drill, drillText(drill));
  if (drill.acknowledged_at === null) {
    throw new ClientError('the drill failed: nobody acknowledged it in time');
  }
}

/** Looks until it is over; says of each channel once how it went. */
async function outcome(call: ActionCall, started: Drill, until: number): Promise<Drill> {
  const told = new Set<string>();
  for (let drill = started; ; await pause(LOOK_EVERY)) {
    drill = await call.client.call<Drill>('GET', `/drills/${started.id}`);
    for (const channel of drill.channels) {
      if (channel.state === 'queued' || told.has(channel.name)) continue;
      told.add(channel.name);
      call.note(channelText(channel));
    }
    if (drill.acknowledged_at !== null || drill.state !== 'firing' || Date.now() >= until) return drill;
  }
}

function channelText({ name, state, seconds, error }: Drill['channels'][number]): string {
  return state === 'sent' ? `${name}: sent in ${seconds} s` : `${name}: ${state}, ${error}`;
}

function drillText({ channels, acknowledged_by: by, seconds_to_acknowledge: seconds }: Drill): string {
  const lines = channels.map(channelText);
  if (channels.length === 0) lines.push('there is no channel: nobody would be paged');
  lines.push(seconds === null ? 'not answered' : `acknowledged after ${seconds} s by ${by}`);
  return lines.join('\n');
}

export const drill: Command = clientCommand(
  'drill',
  'Pages people for practice, through the real channels.',
  [
    {
      name: 'page',
      usage: '[--channels ID,ID] [--severity critical] [--wait 30m]',
      summary: 'Sends a marked drill and times it until somebody acknowledges it',
      options: { channels: { type: 'string' }, severity: { type: 'string' }, wait: { type: 'string' } },
      run: page,
    },
  ],
);
