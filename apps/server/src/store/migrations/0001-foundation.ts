import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { type Columns, tableMaker } from './tables.ts';

const COUNTERS: Columns = {
  successes: 'int',
  failures: 'int',
  starts: 'int',
  logs: 'int',
  ignored: 'int',
  runs: 'int',
  duration_sum: 'int',
  duration_max: 'int',
  down_ms: 'int',
};

/** People, projects, checks, pings, flips, channels, deliveries and work. */
export function foundation(engine: Engine): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      const { create, fill, withId, clustered, index } = tableMaker(engine, db);

      await fill(withId(create('users')), {
        email: 'text',
        name: 'text',
        password: 'text?',
        admin: 'int',
        language: 'text',
        time_zone: 'text',
        created_at: 'int',
      }).execute();
      await index('users', ['email'], true);

      await fill(withId(create('projects')), {
        code: 'text',
        name: 'text',
        ping_key: 'text',
        badge_key: 'text',
        show_slugs: 'int',
        environments: 'text',
        created_at: 'int',
      }).execute();
      await index('projects', ['code'], true);
      await index('projects', ['ping_key'], true);
      await index('projects', ['badge_key'], true);

      await fill(create('members'), { project_id: 'int', user_id: 'int', role: 'text', created_at: 'int' })
        .addPrimaryKeyConstraint('members_pk', ['project_id', 'user_id'] as never)
        .execute();
      await index('members', ['user_id']);

      await fill(withId(create('api_keys')), {
        code: 'text',
        project_id: 'int',
        scope: 'text',
        name: 'text',
        hint: 'text',
        hash: 'text',
        created_at: 'int',
        last_used_at: 'int?',
      }).execute();
      await index('api_keys', ['hash'], true);
      await index('api_keys', ['project_id']);

      await fill(create('sessions'), {
        hash: 'text',
        user_id: 'int',
        created_at: 'int',
        expires_at: 'int',
        seen_at: 'int',
        remote_addr: 'text',
        user_agent: 'text',
      })
        .addPrimaryKeyConstraint('sessions_pk', ['hash'] as never)
        .execute();
      await index('sessions', ['user_id']);
      await index('sessions', ['expires_at']);

      await fill(withId(create('audit_log')), {
        project_id: 'int?',
        at: 'int',
        actor: 'text',
        action: 'text',
        target: 'text',
        detail: 'text',
      }).execute();
      await index('audit_log', ['project_id', 'id']);
      await index('audit_log', ['at']);

      await fill(create('settings'), { key: 'text', value: 'text' })
        .addPrimaryKeyConstraint('settings_pk', ['key'] as never)
        .execute();

      await fill(create('nodes'), { id: 'text', started_at: 'int', alive_at: 'int', stopped_at: 'int?' })
        .addPrimaryKeyConstraint('nodes_pk', ['id'] as never)
        .execute();
      await fill(withId(create('outages')), { from_at: 'int', to_at: 'int', moved: 'int' }).execute();

      await fill(withId(create('checks')), {
        code: 'text',
        project_id: 'int',
        name: 'text',
        slug: 'text',
        tags: 'text',
        description: 'text',
        environment: 'text',
        kind: 'text',
        timeout: 'int',
        grace: 'int',
        schedule: 'text',
        time_zone: 'text',
        manual_resume: 'int',
        methods: 'text',
        start_kw: 'text',
        success_kw: 'text',
        failure_kw: 'text',
        filter_subject: 'int',
        filter_body: 'int',
        filter_http_body: 'int',
        filter_default_fail: 'int',
        badge_key: 'text',
        unique_key: 'text',
        created_at: 'int',
        updated_at: 'int',
        revision: 'int',
      }).execute();
      await index('checks', ['code'], true);
      await index('checks', ['badge_key'], true);
      await index('checks', ['project_id', 'slug']);
      // Without it each page of a project's checks sorts them all.
      await index('checks', ['project_id', 'id']);
      // Clients make checks by name "unless it is there": that must not walk over the project's checks.
      await index('checks', ['project_id', 'name']);
      await index('checks', ['unique_key']);

      await fill(create('check_states'), {
        check_id: 'int',
        status: 'text',
        n_pings: 'int',
        last_ping: 'int?',
        last_start: 'int?',
        last_start_rid: 'text?',
        last_duration: 'int?',
        has_confirmation_link: 'int',
        alert_after: 'int?',
        excused_until: 'int?',
        skew: 'int',
        hour: 'int',
        ...COUNTERS,
        down_since: 'int?',
      })
        .addPrimaryKeyConstraint('check_states_pk', ['check_id'] as never)
        .execute();
      await sql`create index check_states_alert_after on check_states(alert_after)
        where alert_after is not null`.execute(db);
      await sql`create index check_states_down on check_states(check_id) where status = 'down'`.execute(db);

      await clustered(
        fill(create('pings'), {
          check_id: 'int',
          n: 'int',
          created_at: 'int',
          kind: 'text',
          scheme: 'text',
          remote_addr: 'text',
          method: 'text',
          user_agent: 'text',
          rid: 'text?',
          exitstatus: 'int?',
          body: 'blob?',
        }).addPrimaryKeyConstraint('pings_pk', ['check_id', 'n'] as never),
      ).execute();

      await fill(create('flips'), {
        id: 'text',
        check_id: 'int',
        created_at: 'int',
        old_status: 'text',
        new_status: 'text',
        reason: 'text',
      })
        .addPrimaryKeyConstraint('flips_pk', ['id'] as never)
        .execute();
      await index('flips', ['check_id', 'created_at']);
      await index('flips', ['created_at']);

      await clustered(
        fill(create('rollups'), {
          check_id: 'int',
          period: 'text',
          start_at: 'int',
          ...COUNTERS,
        }).addPrimaryKeyConstraint('rollups_pk', ['check_id', 'period', 'start_at'] as never),
      ).execute();

      await fill(withId(create('channels')), {
        code: 'text',
        project_id: 'int',
        kind: 'text',
        name: 'text',
        settings: 'text',
        disabled: 'int',
        last_error: 'text',
        last_notify_at: 'int?',
        last_notify_duration: 'int?',
        created_at: 'int',
      }).execute();
      await index('channels', ['code'], true);
      await index('channels', ['project_id']);

      await clustered(
        fill(create('check_channels'), { check_id: 'int', channel_id: 'int' }).addPrimaryKeyConstraint(
          'check_channels_pk',
          ['check_id', 'channel_id'] as never,
        ),
      ).execute();
      await index('check_channels', ['channel_id']);

      await fill(withId(create('deliveries')), {
        key: 'text',
        project_id: 'int',
        channel_id: 'int',
        check_id: 'int?',
        flip_id: 'text?',
        kind: 'text',
        lane: 'text',
        state: 'text',
        attempts: 'int',
        created_at: 'int',
        finished_at: 'int?',
        answer: 'text',
        error: 'text',
      }).execute();
      await index('deliveries', ['key'], true);
      await index('deliveries', ['project_id', 'id']);
      await index('deliveries', ['created_at']);
      await sql`create index deliveries_lane on deliveries(lane, id) where state = 'queued'`.execute(db);

      await clustered(
        fill(create('delivery_attempts'), {
          delivery_id: 'int',
          n: 'int',
          at: 'int',
          duration: 'int',
          outcome: 'text',
          answer: 'text',
        }).addPrimaryKeyConstraint('delivery_attempts_pk', ['delivery_id', 'n'] as never),
      ).execute();

      await fill(create('work'), {
        kind: 'text',
        key: 'text',
        due_at: 'int',
        owner: 'text?',
        lease_until: 'int?',
        fence: 'int',
        pending: 'int',
      })
        .addPrimaryKeyConstraint('work_pk', ['kind', 'key'] as never)
        .execute();
      await index('work', ['kind', 'due_at']);
    },
  };
}
