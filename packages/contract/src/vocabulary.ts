/** The contract's plain facts, for who needs them without the schemas and the library behind those. */

/** What a member may do, from most to least. */
export const ROLES = ['owner', 'manager', 'member', 'readonly'] as const;

/** A member's role in a project. */
export type Role = (typeof ROLES)[number];

/** Characters a new password has at least; the longest are bounded so that hashing is. */
export const PASSWORD_LENGTH = { least: 8, most: 1000 } as const;

/** How many tags a check has at most, and how long they are together, a space between two of them. */
export const TAG_LIMITS = { count: 50, characters: 500 } as const;

/** Why a probe failed, in one word: the label of `probe_failure_info`, and what alerts and pages group by. */
export const FAILURE_REASONS = [
  'dns',
  'refused',
  'unreachable',
  'timeout',
  'reset',
  'tls',
  'auth',
  'forbidden',
  'protocol',
  'not_found',
  'limit',
  'unhealthy',
  'assertion',
  'threshold',
  'config',
  'internal',
] as const;

/** How a measurement is held against a limit. */
export const OPERATORS = ['>', '>=', '<', '<=', '==', '!='] as const;
