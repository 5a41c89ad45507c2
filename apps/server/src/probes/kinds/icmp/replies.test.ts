import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProbeFailure } from '../../failure.ts';
import { repliesOf } from './replies.ts';

const IPUTILS = (counts: string, times = ''): string => `PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.

--- 192.0.2.1 ping statistics ---
${counts}
${times}
`;

test('replies of iputils and of BusyBox are read', () => {
  const iputils = IPUTILS(
    '4 packets transmitted, 3 received, 25% packet loss, time 402ms',
    'rtt min/avg/max/mdev = 0.020/0.500/1.000/0.008 ms',
  );
  assert.deepEqual(repliesOf({ code: 0, output: iputils }, 'x'), {
    sent: 4,
    received: 3,
    loss: 0.25,
    shortest: 0.00002,
    mean: 0.0005,
    longest: 0.001,
  });
  const busybox = `2 packets transmitted, 2 packets received, 0% packet loss
round-trip min/avg/max = 1.0/2.0/3.0 ms`;
  assert.equal(repliesOf({ code: 0, output: busybox }, 'x').mean, 0.002);
});

test('what is no reply is a failure', () => {
  const cases: [number | null, string, string][] = [
    [1, IPUTILS('3 packets transmitted, 0 received, 100% packet loss, time 404ms'), 'timeout'],
    [1, IPUTILS('3 packets transmitted, 0 received, +3 errors, 100% packet loss, time 404ms'), 'unreachable'],
    [2, 'ping: connect: Network is unreachable', 'unreachable'],
    [2, 'ping: socket: Operation not permitted', 'config'],
    [2, 'ping: unknown option', 'internal'],
    [0, '', 'internal'],
    [0, '3 packets transmitted, 3 received, 0% packet loss', 'internal'],
    [null, '', 'internal'],
  ];
  for (const [code, output, reason] of cases) {
    assert.throws(
      () => repliesOf({ code, output }, 'host.example'),
      (error) => error instanceof ProbeFailure && error.reason === reason,
      output,
    );
  }
});
