import { asProbeFailure } from '../../failure.ts';
import { type HttpRequest, httpExchange } from '../../http-exchange.ts';
import type { Detail, ProbeRun } from '../../kind.ts';
import { asOnePhase } from '../../one-phase.ts';
import { isInSet } from './status-set.ts';

/** What one critical endpoint answered. */
interface Endpoint {
  path: string;
  /** 0 = it did not answer. */
  status: number;
  isWell: boolean;
  error: string | null;
}

/**
 * Asks for further paths of the same host, all at once. One that fails or hangs fails nothing: half of the time that
 * is left is theirs. Measures `probe_http_endpoint_up` and tells `endpoints`.
 */
export async function lookAtEndpoints(
  paths: readonly string[],
  wanted: HttpRequest,
  statuses: string,
  run: ProbeRun,
): Promise<void> {
  const limit = Math.ceil(run.timeLeft() / 2);
  const time = AbortSignal.timeout(limit);
  const signal = AbortSignal.any([run.signal, time]);
  const look = async (path: string, part: ProbeRun): Promise<Endpoint> => {
    try {
      const { status } = await httpExchange({ ...wanted, url: new URL(path, wanted.url) }, part);
      return { path, status, isWell: isInSet(status, statuses), error: null };
    } catch (error) {
      const message = time.aborted ? `no answer within ${limit / 1000} s` : asProbeFailure(error).message;
      return { path, status: 0, isWell: false, error: message };
    }
  };
  const found = await asOnePhase({ ...run, signal }, 'endpoints', (part) =>
    Promise.all(paths.map((path) => look(path, part))),
  );
  for (const { path, isWell } of found)
    run.measure('probe_http_endpoint_up', isWell ? 1 : 0, { endpoint: path });
  run.detail('endpoints', found.map(detailOf));
}

function detailOf({ path, status, isWell, error }: Endpoint): Detail {
  return { endpoint: path, status_code: status, healthy: isWell, ...(error === null ? {} : { error }) };
}
