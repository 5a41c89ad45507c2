/** How jobs and their outcomes cross to the writer's thread and back: columns, not objects. */
import { type ErrorRecord, toErrorRecord } from '../errors.ts';
import type { CommandTable } from './command.ts';
import type { Job, Outcome } from './group.ts';
import type { Effect } from './tx.ts';

/** To the thread, once and before all others. `options`: plain data from which it builds its table of commands. */
export interface StartMessage<T = unknown> {
  url: string;
  origin: string;
  options: T;
}

/** To the thread. Jobs are numbered in order of sending. */
export interface JobMessage {
  /** Positions in the table of commands, which both sides build alike. */
  commands: number[];
  inputs: unknown[];
  ats: number[];
}

/** From the thread, once a group is durable (or has failed). Groups answer jobs in order of sending. */
export interface GroupMessage {
  values: unknown[];
  /** By position in `values`; absent positions succeeded. */
  errors: [number, ErrorRecord][];
  effects: Effect[];
}

/** Names and wire forms of a table of commands. */
export class JobCodec {
  readonly #names: string[];
  readonly #positions: Map<string, number>;
  readonly #commands: CommandTable;

  constructor(commands: CommandTable) {
    this.#commands = commands;
    this.#names = Object.keys(commands);
    this.#positions = new Map(this.#names.map((name, position) => [name, position]));
  }

  empty(): JobMessage {
    return { commands: [], inputs: [], ats: [] };
  }

  add(message: JobMessage, { name, input, at }: Job): void {
    const wire = this.#wireOf(name);
    message.commands.push(this.#positions.get(name) ?? -1);
    message.inputs.push(wire === undefined ? input : wire.pack(input as never));
    message.ats.push(at);
  }

  read(message: JobMessage): Job[] {
    return message.commands.map((position, i) => {
      const name = this.#names[position] ?? '';
      const wire = this.#wireOf(name);
      const input = message.inputs[i];
      return {
        name,
        input: wire === undefined ? input : wire.unpack(input as unknown[]),
        at: message.ats[i] ?? 0,
      };
    });
  }

  #wireOf(name: string) {
    const command = this.#commands[name];
    return command !== undefined && 'all' in command ? command.wire : undefined;
  }
}

/** The message that answers a group's jobs. */
export function groupMessage(outcomes: Outcome[], effects: Effect[]): GroupMessage {
  const message: GroupMessage = { values: [], errors: [], effects };
  outcomes.forEach((outcome, i) => {
    if (outcome.ok) {
      message.values.push(outcome.value);
      return;
    }
    message.values.push(null);
    message.errors.push([i, toErrorRecord(outcome.error)]);
  });
  return message;
}
