import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';

/** What a server says of itself first (NATS documentation, "Client protocol", INFO). */
const greeting = z.object({
  server_name: z.string().default(''),
  version: z.string(),
  cluster: z.string().default(''),
  jetstream: z.boolean().default(false),
  auth_required: z.boolean().default(false),
  tls_required: z.boolean().default(false),
});

export type Greeting = z.output<typeof greeting>;

/** Reads the first line. @throws ProbeFailure when it is none of NATS. */
export function readGreeting(line: string, place: string): Greeting {
  try {
    if (line.startsWith('INFO ')) return greeting.parse(JSON.parse(line.slice(5)));
  } catch {
    // Told below: what is no greeting is another protocol.
  }
  throw new ProbeFailure('protocol', `${place} does not greet as a NATS server does`);
}

/** What `-ERR` stands for. */
export function errorOf(line: string, place: string): ProbeFailure {
  const said = /^-ERR '(.*)'$/.exec(line)?.[1];
  if (said === undefined)
    return new ProbeFailure('protocol', `${place} does not answer as a NATS server does`);
  const word = said.toLowerCase();
  if (
    /^(authorization violation|authentication timeout|user authentication|account authentication)/.test(word)
  ) {
    return new ProbeFailure('auth', `${place} refused the user, the password or the token`);
  }
  if (word.startsWith('permissions violation')) return new ProbeFailure('forbidden', `${place}: ${said}`);
  if (word.includes('maximum')) return new ProbeFailure('limit', `${place}: ${said}`);
  if (word.includes('tls required')) return new ProbeFailure('protocol', `${place} wants TLS`);
  return new ProbeFailure('unhealthy', `${place} answered: ${said.slice(0, 200)}`);
}
