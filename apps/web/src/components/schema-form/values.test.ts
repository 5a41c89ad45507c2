import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { groupsOf } from './groups.ts';
import { controlOf, labelOf, type SettingsSchema } from './schema.ts';
import { givenSettings, shownValues } from './values.ts';

const schema: SettingsSchema = {
  properties: {
    url: { type: 'string', secret: true, maxLength: 1000 },
    method: { type: 'string', enum: ['GET', 'POST'], default: 'GET' },
    body: { type: 'string', maxLength: 1000, default: '' },
    up: { type: 'boolean', default: true },
    channel: { anyOf: [{ type: 'string', maxLength: 100 }, { type: 'null' }], default: null },
    headers: { type: 'object', additionalProperties: { type: 'string' }, default: {} },
    tries: { type: 'integer' },
    to: { type: 'array', items: { type: 'string' } },
    databases: { type: 'array', items: { type: 'integer' } },
    password: { type: 'string', secret: true },
    cookies: { type: 'object', additionalProperties: { type: 'string' }, secret: true, default: { A: '1' } },
  },
  required: ['url'],
};

describe('a form made from a schema', () => {
  const controls = {
    url: 'line',
    method: 'choice',
    body: 'text',
    up: 'switch',
    channel: 'line',
    headers: 'pairs',
    tries: 'number',
    to: 'lines',
    databases: 'lines',
    password: 'line',
    cookies: 'pairs',
  };
  for (const [name, control] of Object.entries(controls)) {
    it(`edits ${name} by a ${control}`, () => {
      assert.equal(controlOf(schema.properties?.[name] ?? {}), control);
    });
  }

  it('edits an address on one line, however long it may be', () => {
    const address = { type: 'string', maxLength: 1000, default: 'https://events.example.org' };
    assert.equal(controlOf(address), 'line');
  });

  it('shows defaults at first, and nothing of secrets', () => {
    const shown = shownValues(schema);
    assert.deepEqual([shown['method'], shown['up'], shown['url'], shown['channel']], ['GET', true, '', '']);
  });

  it('shows what is set', () => {
    const shown = shownValues(schema, { headers: { A: '1', B: 'x: y' }, to: ['a', 'b'], tries: 3 });
    assert.deepEqual([shown['headers'], shown['to'], shown['tries']], ['A: 1\nB: x: y', 'a\nb', '3']);
  });

  it('leaves out what is empty in a new channel', () => {
    const shown = {
      ...shownValues(schema),
      url: 'https://x',
      headers: 'A: 1\n\nB : x: y ',
      tries: '3',
      to: 'a\n b ',
      databases: '0\n12',
    };
    assert.deepEqual(givenSettings(schema, shown, true), {
      url: 'https://x',
      method: 'GET',
      up: true,
      headers: { A: '1', B: 'x: y' },
      tries: 3,
      to: ['a', 'b'],
      databases: [0, 12],
    });
  });

  it('takes away what is emptied in one that exists, but keeps a secret', () => {
    const shown = { ...shownValues(schema, { channel: '#ops' }), channel: '' };
    const given = givenSettings(schema, shown, false);
    assert.equal('url' in given, false);
    assert.equal(given['channel'], null);
  });

  it('takes away a secret that is no longer wanted, and puts no default in its place', () => {
    const given = givenSettings(schema, { ...shownValues(schema), password: null, cookies: null }, false);
    assert.deepEqual([given['password'], given['cookies'], 'url' in given], [null, {}, false]);
  });

  it('names a setting by its title in the language of the reader, else by its key', () => {
    assert.equal(labelOf('url_down', {}, 'en'), 'Url down');
    assert.equal(labelOf('url_down', { title: 'Address', title_fr: 'Adresse' }, 'en'), 'Address');
    assert.equal(labelOf('url_down', { title: 'Address', title_fr: 'Adresse' }, 'fr'), 'Adresse');
    assert.equal(labelOf('url_down', { title: 'Address' }, 'fr'), 'Address');
  });

  it('groups what comes once for each kind of event', () => {
    const properties = { name: {}, url_down: {}, body_down: {}, url_up: {}, up: {}, url_notice: {} };
    assert.deepEqual(
      groupsOf({ properties }).map(({ event, names }) => `${event}: ${names}`),
      ['null: name', 'down: url_down,body_down', 'up: url_up', 'null: up', 'notice: url_notice'],
    );
  });
});
