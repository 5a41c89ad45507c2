import { ProbeFailure } from '../../failure.ts';
import type { Pinged } from './ping-program.ts';

/** What came back of the requests; times in seconds. */
export interface Replies {
  sent: number;
  received: number;
  /** Of 1. */
  loss: number;
  shortest: number;
  mean: number;
  longest: number;
}

/** iputils and BusyBox say it alike but for details. */
const COUNTS = /(\d+) packets transmitted, (\d+)(?: packets)? received/;
const TIMES = /min\/avg\/max(?:\/mdev)? = ([\d.]+)\/([\d.]+)\/([\d.]+)/;
const ERRORS = /\+\d+ errors/;

/** Reads what `ping` wrote. @throws ProbeFailure when nothing came back. */
export function repliesOf({ code, output }: Pinged, host: string): Replies {
  const [, sent = 0, received = 0] = (COUNTS.exec(output) ?? []).map(Number);
  const [, shortest, mean, longest] = (TIMES.exec(output) ?? []).map(Number);
  if (code === 0 && shortest !== undefined && mean !== undefined && longest !== undefined && received > 0) {
    const [least, middle, most] = [shortest / 1000, mean / 1000, longest / 1000];
    return { sent, received, loss: 1 - received / sent, shortest: least, mean: middle, longest: most };
  }
  if (sent > 0 && received === 0) {
    if (ERRORS.test(output)) throw new ProbeFailure('unreachable', `there is no way to ${host}`);
    throw new ProbeFailure('timeout', `${host} replied to none of ${sent} pings`);
  }
  throw refusal(output, host);
}

function refusal(output: string, host: string): ProbeFailure {
  const said = output.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  if (/unreachable|no route/i.test(said))
    return new ProbeFailure('unreachable', `there is no way to ${host}`);
  if (/not permitted|permission denied/i.test(said)) {
    return new ProbeFailure(
      'config',
      `the server may not send pings (${said}): give it the capability NET_RAW`,
    );
  }
  return new ProbeFailure('internal', `ping could not try ${host}: ${said || 'it said nothing'}`);
}
