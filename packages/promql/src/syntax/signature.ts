import type { FunctionEntry } from '../functions/function-entry.ts';

/** What is known of a function without computing it: enough to check a call. */
export type FunctionSignature = Omit<FunctionEntry, 'evaluate'>;

/** Functions by name. */
export type Signatures = ReadonlyMap<string, FunctionSignature>;
