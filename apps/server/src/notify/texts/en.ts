import type { Texts } from './texts.ts';

export const en: Texts = {
  language: 'en',
  severity: { critical: 'CRITICAL', error: 'ERROR', warning: 'WARNING', info: 'INFO', test: 'TEST' },
  status: { down: 'DOWN', up: 'UP' },
  label: {
    service: 'Service',
    status: 'Status',
    reason: 'Reason',
    lastPing: 'Last ping',
    environment: 'Environment',
    tags: 'Tags',
    project: 'Project',
    since: 'Down since',
    duration: 'Duration',
  },
  unnamed: 'unnamed check',
  headline: { down: (name) => `${name} is DOWN.`, up: (name) => `${name} is UP again.` },
  reason: {
    '': 'The job reported success.',
    timeout: 'No success was reported in time, grace time included.',
    fail: 'The job reported a failure.',
  },
  never: 'never',
  exitStatus: (status) => `exit status ${status}`,
  pingKind: { success: 'success', start: 'start', fail: 'failure', log: 'log entry', ign: 'ignored' },
  testNote: (site, time) => `This is a test message from ${site}, sent at ${time}. Nothing is down.`,
  actions: {
    title: 'ACTIONS REQUIRED:',
    steps: (service) => [
      `Check service logs: docker-compose logs -f ${service}`,
      `Restart if needed: docker-compose restart ${service}`,
      'Check dependencies',
    ],
  },
  bodyTitle: 'What the job sent last:',
  bodyCut: '[truncated]',
  check: 'Check',
  dashboard: 'Dashboard',
  footer: (site) => `Sent by ${site}: this address is a notification channel there.`,
  units: { day: 'd', hour: 'h', minute: 'min', second: 's' },
};
