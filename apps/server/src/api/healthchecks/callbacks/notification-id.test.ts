import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deliveryOf, notificationId } from './notification-id.ts';

describe('the id of a notification', () => {
  for (const id of [0, 1, 4711, 2 ** 48 - 1]) {
    it(`of delivery ${id} leads back to it`, () => {
      const uuid = notificationId('secret', id);
      assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(deliveryOf('secret', uuid), id);
    });
  }

  const genuine = notificationId('secret', 5);
  for (const [name, uuid] of [
    ['made with another secret', notificationId('other', 5)],
    ['moved to another delivery', genuine.replace('00000000-0005', '00000000-0006')],
    ['made up', '00000000-0000-4000-8000-000000000000'],
    ['in capitals', genuine.toUpperCase()],
    ['cut', genuine.slice(0, -1)],
    ['empty', ''],
  ] as const) {
    it(`${name} leads nowhere`, () => assert.equal(deliveryOf('secret', uuid), null));
  }
});
