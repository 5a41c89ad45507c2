import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../tx.ts';
import { labelAdopted } from './adopted-labels.ts';
import { tableMaker } from './tables.ts';

/** Alerts, their ledger, silences, maintenance windows, dependencies and incidents. */
export function alertCore(engine: Engine): Migration {
  return {
    async up(db: Kysely<never>): Promise<void> {
      const { create, fill, withId, clustered, index, extend } = tableMaker(engine, db);

      // Ids are made from the time (alerts/ids.ts), so that rows stay in order of their making.
      await fill(
        create('alerts').addColumn('id', engine === 'sqlite' ? 'integer' : 'bigint', (column) =>
          column.primaryKey(),
        ),
        {
          project_id: 'int',
          environment: 'text',
          source: 'text',
          identity: 'text',
          fingerprint: 'text',
          name: 'text',
          severity: 'text',
          labels: 'text',
          annotations: 'text',
          generator_url: 'text',
          check_id: 'int?',
          flip_id: 'text?',
          starts_at: 'int',
          ends_at: 'int?',
          timed_out: 'int',
          state: 'text',
          raised_at: 'int',
          resolved_at: 'int?',
          updated_at: 'int',
          notified_at: 'int?',
          held: 'text',
          acked_at: 'int?',
          acked_by: 'text',
          incident_id: 'int?',
          route: 'text',
          drill: 'int',
        },
      ).execute();
      await sql`create unique index alerts_identity on alerts(project_id, identity)
        where state = 'firing'`.execute(db);
      await sql`create index alerts_check on alerts(check_id)
        where state = 'firing' and check_id is not null`.execute(db);
      await sql`create index alerts_told on alerts(check_id, notified_at)
        where check_id is not null and notified_at is not null`.execute(db);
      await index('alerts', ['project_id', 'id']);
      await sql`create index alerts_flip on alerts(flip_id) where flip_id is not null`.execute(db);
      await sql`create index alerts_firing on alerts(project_id, id) where state = 'firing'`.execute(db);
      await sql`create index alerts_incident on alerts(incident_id) where incident_id is not null`.execute(
        db,
      );

      await fill(withId(create('alert_events')), {
        project_id: 'int',
        alert_id: 'int?',
        at: 'int',
        kind: 'text',
        actor: 'text',
        detail: 'text',
      }).execute();
      await index('alert_events', ['alert_id']);
      await index('alert_events', ['project_id', 'at']);

      await fill(withId(create('silences')), {
        code: 'text',
        project_id: 'int',
        matchers: 'text',
        author: 'text',
        comment: 'text',
        starts_at: 'int',
        ends_at: 'int',
        created_at: 'int',
        updated_at: 'int',
        noticed_at: 'int?',
      }).execute();
      await index('silences', ['code'], true);
      await index('silences', ['project_id', 'ends_at']);

      await fill(withId(create('maintenance_windows')), {
        code: 'text',
        project_id: 'int',
        name: 'text',
        tags: 'text',
        environments: 'text',
        starts_at: 'int?',
        ends_at: 'int?',
        schedule: 'text',
        duration: 'int',
        time_zone: 'text',
        author: 'text',
        comment: 'text',
        disabled: 'int',
        created_at: 'int',
        updated_at: 'int',
      }).execute();
      await index('maintenance_windows', ['code'], true);
      await index('maintenance_windows', ['project_id', 'ends_at']);

      await clustered(
        fill(create('check_dependencies'), { check_id: 'int', depends_on_id: 'int' }).addPrimaryKeyConstraint(
          'check_dependencies_pk',
          ['check_id', 'depends_on_id'] as never,
        ),
      ).execute();
      await index('check_dependencies', ['depends_on_id']);

      await fill(withId(create('incidents')), {
        code: 'text',
        project_id: 'int',
        title: 'text',
        severity: 'text',
        started_at: 'int',
        detected_at: 'int',
        acknowledged_at: 'int?',
        acknowledged_by: 'text',
        resolved_at: 'int?',
        updated_at: 'int',
      }).execute();
      await index('incidents', ['code'], true);
      await index('incidents', ['project_id', 'id']);
      await sql`create index incidents_open on incidents(project_id) where resolved_at is null`.execute(db);

      await extend('checks', { policies: { kind: 'text', default: '' } });
      await extend('check_states', {
        outcomes: { kind: 'int', default: 0 },
        breaches: { kind: 'int', default: 0 },
      });
      await extend('projects', { alert_route: { kind: 'text', default: 'default' } });
      await extend('channels', {
        budget: { kind: 'int?', default: null },
        budget_from: { kind: 'int', default: 0 },
        budget_used: { kind: 'int', default: 0 },
      });
      await extend('deliveries', { alert_id: { kind: 'int?', default: null } });
      await sql`create index deliveries_alert on deliveries(alert_id) where alert_id is not null`.execute(db);
      await sql`create index deliveries_gathered on deliveries(lane) where state = 'gathered'`.execute(db);
      await adoptOutages(db);
      await labelAdopted(db);
    },
  };
}

/**
 * What is down has been told of before there were alerts: each outage becomes an alert that was notified, and
 * the messages of its flip belong to it, so that the recovery reaches the same channels.
 */
async function adoptOutages(db: Kysely<never>): Promise<void> {
  // The flip tells when an outage began; `down_since` moves on with the sums, and stands in for a flip that is
  // past its time.
  await sql`insert into alerts (id, project_id, environment, source, identity, fingerprint, name, severity, labels,
      annotations, generator_url, check_id, flip_id, starts_at, ends_at, timed_out, state, raised_at, resolved_at,
      updated_at, notified_at, held, acked_at, acked_by, incident_id, route, drill)
    select id, project_id, environment, 'check', 'CheckDown/' || id, '', 'CheckDown', 'error',
      '{"alertname":"CheckDown"}', '{}', '', id, flip_id, since, null, 0, 'firing', since, null,
      since, since, '', null, '', null, '', 0
    from (
      select c.id, c.project_id, c.environment,
        (select f.id from flips f where f.check_id = c.id and f.new_status = 'down'
          order by f.created_at desc limit 1) as flip_id,
        coalesce((select max(f.created_at) from flips f where f.check_id = c.id and f.new_status = 'down'),
          s.down_since, c.updated_at) as since
      from checks c join check_states s on s.check_id = c.id where s.status = 'down'
    ) as outages`.execute(db);
  await sql`update deliveries set alert_id = (select a.id from alerts a where a.flip_id = deliveries.flip_id)
    where flip_id in (select flip_id from alerts where flip_id is not null)`.execute(db);
  await sql`update deliveries set kind = case
      when (select f.new_status from flips f where f.id = deliveries.flip_id) = 'up' then 'resolved'
      else 'firing' end
    where kind = 'flip'`.execute(db);
}
