import type { Tx } from './tx.ts';

/**
 * A named write: a pure function of the transaction and its input, so that it can run on the writer's
 * thread, inside a group with others, and again after a deadlock.
 * Inputs and outputs are plain data (they cross a thread). Throwing undoes this command alone.
 */
export type SingleCommand<I, O> = { each: (tx: Tx, input: I) => Promise<O> };

/** A write whose simultaneous calls are done together: one result for each input, in order. */
export type BatchCommand<I, O> = {
  all: (tx: Tx, inputs: I[]) => Promise<O[]>;
  /** How an input crosses the thread when its plain form is too slow: copying property names costs most. */
  wire?: WireForm<I>;
};

export interface WireForm<I> {
  pack(input: I): unknown[];
  unpack(packed: unknown[]): I;
}

export type Command<I, O> = SingleCommand<I, O> | BatchCommand<I, O>;

/** Commands by name. `never` and `unknown`: a table holds commands of every input and output. */
export type CommandTable = Record<string, SingleCommand<never, unknown> | AnyBatch>;
type AnyBatch = Omit<BatchCommand<never, unknown>, 'wire'> & {
  wire?: { pack(input: never): unknown[]; unpack(packed: unknown[]): unknown };
};

type InputOf<C> = C extends { each: (tx: Tx, input: infer I) => Promise<unknown> }
  ? I
  : C extends { all: (tx: Tx, inputs: (infer I)[]) => Promise<unknown[]> }
    ? I
    : never;
type OutputOf<C> = C extends { each: (tx: Tx, input: never) => Promise<infer O> }
  ? O
  : C extends { all: (tx: Tx, inputs: never[]) => Promise<(infer O)[]> }
    ? O
    : never;

/** The one way to change the store. */
export interface Writer<T extends CommandTable> {
  /**
   * Runs a command and resolves once its effect is durable.
   * @throws AppError: the command's own, or `unavailable` when the store cannot write (nothing was changed).
   */
  run<N extends keyof T & string>(name: N, input: InputOf<T[N]>): Promise<OutputOf<T[N]>>;
}
