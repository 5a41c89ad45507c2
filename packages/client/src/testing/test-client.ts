import { type Client, type ClientOptions, createClient } from '../client.ts';

/** A UUID of no check. */
export const UUID = '0cab08fe-03f4-48c2-a927-90493fa0b2f2';

/** A client that is in a hurry, and what it said in its log. */
export function testClient(url: string, options: ClientOptions = {}): Client & { said: string[] } {
  const said: string[] = [];
  const client = createClient({
    url,
    variables: {},
    apiKey: 'k'.repeat(32),
    autoProvision: false,
    retryDelay: 0.02,
    log: { warn: (message) => said.push(message) },
    ...options,
  });
  return Object.assign(client, { said });
}
