// Writes what derives from the table of settings: the JSON Schema and the tables of the manual.
// Run it after a change there: node apps/server/src/config/generate.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { withGeneratedParts } from './docs.ts';
import { jsonSchema } from './json-schema.ts';

const schema = new URL('../../vigie.schema.json', import.meta.url);
const manual = new URL('../../../../docs/configuration.md', import.meta.url);

writeFileSync(schema, `${JSON.stringify(jsonSchema(), null, 2)}\n`);
writeFileSync(manual, withGeneratedParts(readFileSync(manual, 'utf8')));
