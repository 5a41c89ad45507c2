import type { Gate } from '../../accounts/sign-in.ts';
import type { Context } from '../../context.ts';

/** What the pages use. */
export interface PageContext extends Context {
  gate: Gate;
}
