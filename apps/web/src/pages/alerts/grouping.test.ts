import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Alert } from '@vigie/contract';
import { groupAlerts, tellingLabels } from './grouping.ts';
import { queryOf, readSearch } from './search.ts';

function alert(id: string, fields: Partial<Alert>): Alert {
  return {
    id,
    project: 'p',
    environment: 'production',
    source: 'check',
    name: 'CheckDown',
    severity: 'warning',
    state: 'firing',
    labels: {},
    annotations: {},
    summary: '',
    generator_url: '',
    fingerprint: '',
    check: null,
    starts_at: '2026-01-01T00:00:00.000Z',
    ends_at: null,
    raised_at: '2026-01-01T00:00:00.000Z',
    resolved_at: null,
    updated_at: '2026-01-01T00:00:00.000Z',
    notified_at: null,
    untold: false,
    title: id,
    held: [],
    silenced: null,
    acknowledged: null,
    incident: null,
    drill: false,
    ...fields,
  } as Alert;
}

describe('groups of alerts', () => {
  const alerts = [
    alert('old', { severity: 'warning', name: 'Slow' }),
    alert('over', { severity: 'critical', name: 'Full', state: 'resolved' }),
    alert('grave', { severity: 'critical', name: 'Full' }),
    alert('new', { severity: 'warning', name: 'Slow', starts_at: '2026-01-02T00:00:00.000Z' }),
  ];
  const shown = (grouping: 'name' | 'severity' | 'none') =>
    groupAlerts(alerts, grouping).map(
      ({ key, alerts: own }) => `${key}: ${own.map(({ id }) => id).join(' ')}`,
    );

  it('begin with what is gravest, and in each with what fires and is newest', () => {
    assert.deepEqual(shown('name'), ['Full: grave over', 'Slow: new old']);
    assert.deepEqual(shown('severity'), ['critical: grave over', 'warning: new old']);
    assert.deepEqual(shown('none'), [': grave new old over']);
  });

  it('leave out of a row what it says already', () => {
    assert.deepEqual(
      tellingLabels(
        { labels: { alertname: 'A', severity: 'info', instance: 'x', team: 'db', empty: '' } },
        'A: x',
      ),
      [['team', 'db']],
    );
  });
});

describe('the address of the alerts', () => {
  it('keeps what it knows, and drops the rest', () => {
    const search = {
      state: 'resolved',
      severity: 'grave',
      only: 'held',
      filter: '',
      group: 'name',
      receiver: 'ops',
    };
    assert.deepEqual(readSearch(search), { state: 'resolved', only: 'held', group: 'name' });
  });

  it('asks for what fires unless it says otherwise', () => {
    assert.equal(queryOf({})['state'], 'firing');
    assert.equal(queryOf({ state: 'all' })['state'], undefined);
    assert.equal(queryOf({ only: 'unacked' })['acked'], 'false');
  });
});
