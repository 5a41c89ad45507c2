import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import * as contract from './index.ts';
import { type Operation, openApiDocument } from './openapi.ts';

const info = { version: '1.2.3', url: 'https://vigie.example.org' };
const list: Operation = {
  method: 'GET',
  path: '/api/vigie/things/{thing}',
  tag: 'things',
  summary: 'Lists things',
  open: false,
  query: z.strictObject({ limit: contract.integerParameter(1, 9).optional(), name: z.string() }),
  success: {
    status: 200,
    description: 'Things',
    schema: z.object({ items: z.array(z.object({ role: contract.roleSchema }).meta({ id: 'Thing' })) }),
  },
};

describe('the OpenAPI document', () => {
  const document = openApiDocument(info, [list]);
  const operation = document.paths['/api/vigie/things/{thing}']?.['get'] as Record<string, never>;

  it('names the parameters of path and query with what they become', () => {
    assert.deepEqual(operation['parameters'], [
      { name: 'thing', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 9 } },
      { name: 'name', in: 'query', required: true, schema: { type: 'string' } },
    ]);
  });

  it('collects named schemas once and refers to them', () => {
    assert.deepEqual(Object.keys(document.components.schemas).sort(), [
      'Error',
      'ErrorCode',
      'Role',
      'Thing',
    ]);
    const thing = document.components.schemas['Thing']?.['properties'] as Record<string, unknown>;
    assert.deepEqual(thing['role'], { $ref: '#/components/schemas/Role' });
  });

  it('refuses two schemas of one name', () => {
    const other: Operation = {
      ...list,
      path: '/api/vigie/others',
      success: { status: 200, description: '', schema: z.object({ a: z.object({}).meta({ id: 'Role' }) }) },
    };
    assert.throws(() => openApiDocument(info, [list, other]), /two different schemas are named Role/);
  });

  it('says which operations are open', () => {
    const open = openApiDocument(info, [{ ...list, open: true }]);
    assert.deepEqual(open.paths[list.path]?.['get']?.['security'], []);
    assert.equal(operation['security'], undefined);
  });
});

const cases: [name: string, schema: z.ZodType, input: unknown, accepted: boolean][] = [
  ['a name', contract.nameSchema(10), 'backup', true],
  ['a blank name', contract.nameSchema(10), '   ', false],
  ['a null character', contract.textSchema(10), 'a\u0000b', false],
  ['a whole number', contract.integerParameter(1, 500), '500', true],
  ['a number above the limit', contract.integerParameter(1, 500), '501', false],
  ['a blank number', contract.integerParameter(1, 500), '', false],
  ['a negative number', contract.integerParameter(1, 500), '-1', false],
  ['an e-mail address', contract.emailSchema, ' Alice@Example.com ', true],
  ['an address without host', contract.emailSchema, 'alice@', false],
  ['two addresses', contract.emailSchema, 'a@b.c, d@e.f', false],
  ['an address behind a comma', contract.emailSchema, 'x,alice@example.org', false],
  ['an address behind a comment', contract.emailSchema, '(x)alice@example.org', false],
  ['an address in a group', contract.emailSchema, 'x:alice@example.org;', false],
  ['an address of unusual characters', contract.emailSchema, "o'neil+a=b|c@[ipv6:2001:db8::1]", true],
  ['the shortest period', contract.checkCreateSchema, { timeout: 5 }, true],
  ['a period of 4 s', contract.checkCreateSchema, { timeout: 4 }, false],
  ['a period of a year', contract.checkCreateSchema, { grace: 31_536_000 }, true],
  ['a period of a year and a second', contract.checkCreateSchema, { grace: 31_536_001 }, false],
  ['a period with a fraction', contract.checkCreateSchema, { timeout: 60.5 }, false],
  ['an unknown field', contract.checkCreateSchema, { timeuot: 60 }, false],
  ['a tag of two words', contract.checkCreateSchema, { tags: ['a b'] }, false],
  ['a tag with a control character', contract.checkCreateSchema, { tags: ['a\u0007'] }, false],
  ['an id of no RFC version', contract.idSchema, '00000000-0000-0000-0000-000000000001', true],
  ['an id in capitals', contract.idSchema, '0F0E0D0C-0B0A-4908-8706-050403020100', false],
  ['an e-mail address with a null character', contract.emailSchema, 'a\u0000@example.org', false],
  ['tags longer than the column', contract.checkCreateSchema, { tags: Array(6).fill('x'.repeat(99)) }, false],
  ['all channels', contract.checkCreateSchema, { channels: 'all' }, true],
  ['an environment named twice', contract.projectPatchSchema, { environments: ['a', 'a'] }, false],
  ['no environment', contract.projectPatchSchema, { environments: [] }, false],
];

describe('the schemas', () => {
  for (const [name, schema, input, accepted] of cases) {
    it(`${accepted ? 'take' : 'refuse'} ${name}`, () => {
      assert.equal(schema.safeParse(input).success, accepted);
    });
  }

  it('write e-mail addresses in lower case', () => {
    assert.equal(contract.emailSchema.parse(' Alice@Example.com '), 'alice@example.com');
  });
});
