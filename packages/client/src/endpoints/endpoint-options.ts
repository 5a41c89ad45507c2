import type { Client } from '../client.ts';

/** How requests are counted. */
export interface EndpointOptions<Request> {
  /** Whose request it is: the label `tenant`. A thousand are told apart. */
  tenant?: (request: Request) => string | null | undefined;
  /** The UUID of a check that is told how it goes. */
  checkId?: string | undefined;
  /** Its name, where there is no UUID. */
  checkName?: string;
  /** Seconds between two reports to the check; 60 unless told otherwise. Without requests there are none. */
  every?: number;
  /** The share of failed requests above which a report is a failure; 0.05 unless told otherwise. */
  errorShare?: number;
  /** The client of the environment unless told otherwise. */
  client?: Client;
}
