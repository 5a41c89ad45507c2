import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expose, type Measured } from './exposition.ts';
import type { ProbeResult } from './run-once.ts';

function measured(job: string, own: Partial<ProbeResult>): Measured {
  const result: ProbeResult = {
    at: 0,
    duration: 250,
    phases: [],
    failure: null,
    samples: [],
    details: {},
    ...own,
  };
  return { owner: { project: 'p', job, instance: 'db:5432', kind: 'postgres', up: 'pg_up' }, result };
}

test('families come once, with their type, whatever probe they are of', () => {
  const samples = [{ name: 'pg_deadlocks_total', labels: { datname: 'a"b' }, value: 3 }];
  const text = expose([
    measured('one', { samples, phases: [['connect', 5]] }),
    measured('two', { failure: { reason: 'refused', message: 'no', phase: null } }),
  ]);
  const own = (job: string) => `project="p",job="${job}",instance="db:5432"`;
  assert.equal(
    text,
    [
      '# TYPE up gauge',
      `up{${own('one')}} 1`,
      `up{${own('two')}} 0`,
      '# TYPE probe_success gauge',
      `probe_success{${own('one')}} 1`,
      `probe_success{${own('two')}} 0`,
      '# TYPE probe_duration_seconds gauge',
      `probe_duration_seconds{${own('one')}} 0.25`,
      `probe_duration_seconds{${own('two')}} 0.25`,
      '# TYPE probe_phase_duration_seconds gauge',
      `probe_phase_duration_seconds{${own('one')},phase="connect"} 0.005`,
      '# TYPE pg_up gauge',
      `pg_up{${own('one')}} 1`,
      `pg_up{${own('two')}} 0`,
      '# TYPE pg_deadlocks_total counter',
      `pg_deadlocks_total{${own('one')},datname="a\\"b"} 3`,
      '# TYPE probe_failure_info gauge',
      `probe_failure_info{${own('two')},reason="refused"} 1`,
      '',
    ].join('\n'),
  );
});

test('a label that we set ourselves keeps both values, and twins are shown once', () => {
  const samples = [
    { name: 'x', labels: { instance: 'theirs' }, value: 1 },
    { name: 'x', labels: { instance: 'theirs' }, value: 2 },
  ];
  const lines = expose([measured('one', { samples })]).split('\n');
  assert.deepEqual(
    lines.filter((line) => line.startsWith('x{')),
    ['x{project="p",job="one",instance="db:5432",exported_instance="theirs"} 2'],
  );
});

test('a label that is Prometheus’ own gets a prefix, and one that is called as a part of every object none', () => {
  const samples = [{ name: 'x', labels: { __name__: 'y', constructor: 'z' }, value: 1 }];
  assert.match(expose([measured('one', { samples })]), /^x\{.*,exported___name__="y",constructor="z"\} 1$/m);
});

test('whoever names a measurement as we name ours breaks nothing, and passes for nothing', () => {
  const names = ['vigie_pings_total', 'process_cpu_seconds_total', 'nodejs_heap', 'probe_success', 'up'];
  const failure = { reason: 'unhealthy', message: 'no', phase: null } as const;
  const samples = names.map((name) => ({ name, labels: {}, value: 1 }));
  const lines = expose([measured('one', { samples, failure })]).split('\n');
  for (const name of names) {
    assert.ok(
      lines.some((line) => line.startsWith(`exported_${name}{`)),
      name,
    );
    assert.ok(!lines.some((line) => line.startsWith(`${name}{`) && line.endsWith(' 1')), name);
  }
});
