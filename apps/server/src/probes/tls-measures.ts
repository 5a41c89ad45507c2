import type { ProbeRun } from './kind.ts';
import type { TlsSession } from './tls-session.ts';

const DAY = 86_400_000;

/** What a handshake tells, named as the blackbox exporter does; `probe_ssl_days_left` is ours, for thresholds. */
export function measureTls({ certificate, version }: TlsSession, run: ProbeRun): void {
  const { earliestEnd, names, issuer } = certificate;
  run.measure('probe_ssl_earliest_cert_expiry', earliestEnd / 1000);
  run.measure('probe_ssl_days_left', (earliestEnd - run.now()) / DAY);
  run.measure('probe_tls_version_info', 1, { version });
  if (Number.isFinite(earliestEnd)) {
    run.detail('certificate_expires', new Date(earliestEnd).toISOString());
    run.detail('certificate_days_left', Math.floor((earliestEnd - run.now()) / DAY));
  }
  run.detail('certificate_names', names);
  run.detail('certificate_issuer', issuer);
  run.detail('tls_version', version);
}
