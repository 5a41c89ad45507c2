/**
 * The fourteen checks of a multi-tenant SaaS back end: five critical services, four essential ones, four
 * scheduled tasks, and one for all together.
 */

/** What a check shall be: a `timeout` or a `schedule`. Seconds throughout. */
export interface SaasCheck {
  /** Its title. */
  name: string;
  /** The variable that holds its UUID. */
  variable: `HC_CHECK_${string}`;
  /** As Healthchecks has them: words with blanks between them. */
  tags: string;
  /** How long the silence between two pings may be. Below 60 only Vigie's native API takes it. */
  timeout?: number;
  /** When it is expected, as cron says it. */
  schedule?: string;
  /** How late it may be. */
  grace: number;
  desc: string;
}

export const saasChecks = [
  {
    name: 'PostgreSQL Database',
    variable: 'HC_CHECK_POSTGRES',
    tags: 'database infrastructure tier1',
    timeout: 30,
    grace: 120,
    desc: 'Main PostgreSQL database health',
  },
  {
    name: 'Redis Cache/Broker',
    variable: 'HC_CHECK_REDIS',
    tags: 'cache redis infrastructure tier1',
    timeout: 30,
    grace: 120,
    desc: 'Redis for caching and Celery broker',
  },
  {
    name: 'Flask API',
    variable: 'HC_CHECK_API',
    tags: 'api application tier1',
    timeout: 60,
    grace: 180,
    desc: 'Main Flask API endpoints',
  },
  {
    name: 'Celery Worker SSO',
    variable: 'HC_CHECK_CELERY_WORKER',
    tags: 'celery worker sso tier1',
    timeout: 60,
    grace: 300,
    desc: 'SSO background task worker',
  },
  {
    name: 'Celery Beat Scheduler',
    variable: 'HC_CHECK_CELERY_BEAT',
    tags: 'celery beat scheduler tier1',
    timeout: 60,
    grace: 300,
    desc: 'Task scheduler',
  },
  {
    name: 'Kafka Broker',
    variable: 'HC_CHECK_KAFKA',
    tags: 'kafka messaging tier2',
    timeout: 120,
    grace: 300,
    desc: 'Apache Kafka message broker',
  },
  {
    name: 'Kafka Consumer',
    variable: 'HC_CHECK_KAFKA_CONSUMER',
    tags: 'kafka consumer worker tier2',
    timeout: 120,
    grace: 300,
    desc: 'Kafka message consumer worker',
  },
  {
    name: 'MinIO S3 Storage',
    variable: 'HC_CHECK_MINIO',
    tags: 'minio storage s3 tier2',
    timeout: 300,
    grace: 600,
    desc: 'S3-compatible object storage',
  },
  {
    name: 'Vault Secrets',
    variable: 'HC_CHECK_VAULT',
    tags: 'vault security secrets tier2',
    timeout: 300,
    grace: 600,
    desc: 'HashiCorp Vault secrets management',
  },
  {
    name: 'SSO Token Refresh',
    variable: 'HC_CHECK_SSO_TOKEN_REFRESH',
    tags: 'task scheduled sso',
    schedule: '*/15 * * * *',
    grace: 300,
    desc: 'Refresh expiring SSO tokens',
  },
  {
    name: 'Health Check Task',
    variable: 'HC_CHECK_HEALTH_TASK',
    tags: 'task scheduled monitoring',
    schedule: '*/5 * * * *',
    grace: 120,
    desc: 'Regular system health check',
  },
  {
    name: 'Token Cleanup',
    variable: 'HC_CHECK_TOKEN_CLEANUP',
    tags: 'task scheduled maintenance',
    schedule: '0 2 * * *',
    grace: 3600,
    desc: 'Clean up expired tokens',
  },
  {
    name: 'Encryption Key Rotation',
    variable: 'HC_CHECK_KEY_ROTATION',
    tags: 'task scheduled security',
    schedule: '0 3 1 * *',
    grace: 7200,
    desc: 'Rotate Vault encryption keys',
  },
  {
    name: 'Comprehensive Health Check',
    variable: 'HC_CHECK_COMPREHENSIVE',
    tags: 'monitoring global all',
    timeout: 600,
    grace: 600,
    desc: 'Full system health check',
  },
] as const satisfies readonly SaasCheck[];
