import { ProbeFailure, type Reason } from '../failure.ts';

/** By code, then by class (PostgreSQL documentation, "Appendix A. PostgreSQL Error Codes"). */
const REASONS: Record<string, Reason> = {
  '42501': 'forbidden',
  '3D000': 'not_found',
  '57014': 'timeout',
  '08P01': 'protocol',
  '28': 'auth',
  '53': 'limit',
  // A query of a setting that the server cannot run: syntax, names, types, writing in a read-only transaction.
  '22': 'config',
  '25': 'config',
  '26': 'config',
  '34': 'config',
  '42': 'config',
  '0A': 'config',
};

/** What a server's own error is called; null = the error is none of a server. Others than those listed are its ill health. */
export function postgresFailure(error: unknown, where: string): ProbeFailure | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (!(error instanceof Error) || typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return null;
  const reason = REASONS[code] ?? REASONS[code.slice(0, 2)] ?? 'unhealthy';
  return new ProbeFailure(reason, `PostgreSQL at ${where} says: ${error.message} (${code})`, {
    cause: error,
  });
}
