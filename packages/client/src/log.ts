/** Where a client says what it cannot throw. Neither keys nor UUIDs are in it. */
export interface Log {
  warn(message: string): void;
}

export const consoleLog: Log = { warn: (message) => console.warn(`[vigie] ${message}`) };

/** A log whose failures are nobody's: a job must not end because its monitoring cannot speak. */
export function safeLog(log: Log): Log {
  return {
    warn(message) {
      try {
        log.warn(message);
      } catch {
        // There is nobody left to tell.
      }
    },
  };
}
