import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { DeliveryError } from '../notify/failure.ts';
import type { AddressPolicy } from './address-policy.ts';

/** Finds every address of a host name; `dns.lookup` in its callback form, all addresses. */
export type Resolve = (
  hostname: string,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

export const systemResolve: Resolve = (hostname, callback) =>
  systemLookup(hostname, { all: true }, (error, addresses) => callback(error, addresses));

/**
 * A lookup for `net.connect` that hands out only addresses the policy allows. What was checked is what gets
 * connected: a name that resolves differently the next moment cannot slip through.
 */
export function pinnedLookup(policy: () => AddressPolicy, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, found) => {
      if (error !== null) return callback(error, []);
      const rules = policy();
      const allowed = found.filter(({ address }) => rules.refusal(hostname, address) === null);
      const [first] = allowed;
      if (first === undefined) return callback(refused(rules, hostname, found[0]?.address), []);
      if (options.all) return callback(null, allowed);
      callback(null, first.address, first.family);
    });
  };
}

function refused(policy: AddressPolicy, hostname: string, address: string | undefined): DeliveryError {
  if (address === undefined) return new DeliveryError(`${hostname} has no address`, { retryable: true });
  return refusedTarget(hostname, policy.refusal(hostname, address) ?? '');
}

/** The failure of a call to an address that may not be called. */
export function refusedTarget(hostname: string, reason: string): DeliveryError {
  return new DeliveryError(`calling ${hostname} is refused: ${reason}`, { retryable: false });
}
