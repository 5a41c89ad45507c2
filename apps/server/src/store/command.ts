import type { Tx } from './tx.ts';

/**
 * A named write: a pure function of the transaction and its input, so that it can run on the writer's
 * thread, inside another command's transaction group, and again after a deadlock.
 * Inputs and outputs are plain data (they cross a thread). Throwing undoes this command alone.
 */
export type SingleCommand<I, O> = { each: (tx: Tx, input: I) => Promise<O> };

/** A write whose simultaneous calls are done together: one result for each input, in order. */
export type BatchCommand<I, O> = { all: (tx: Tx, inputs: I[]) => Promise<O[]> };

export type Command<I, O> = SingleCommand<I, O> | BatchCommand<I, O>;

/** Commands by name. `never` and `unknown`: a table holds commands of every input and output. */
export type CommandTable = Record<string, Command<never, unknown>>;

type InputOf<C> =
  C extends SingleCommand<infer I, unknown> ? I : C extends BatchCommand<infer I, unknown> ? I : never;
type OutputOf<C> =
  C extends SingleCommand<never, infer O> ? O : C extends BatchCommand<never, infer O> ? O : never;

/** The one way to change the store. */
export interface Writer<T extends CommandTable> {
  /**
   * Runs a command and resolves once its effect is durable.
   * @throws AppError: the command's own, or `unavailable` when the store cannot write (nothing was changed).
   */
  run<N extends keyof T & string>(name: N, input: InputOf<T[N]>): Promise<OutputOf<T[N]>>;
}
