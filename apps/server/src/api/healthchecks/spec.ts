import { canonicalTimeZone } from '@vigie/schedule';
import { UNIQUE_FIELDS } from '../../checks/manage.ts';
import { HEALTHCHECKS_SHORTEST_PERIOD, LONGEST_PERIOD } from '../../checks/model.ts';
import { AppError } from '../../errors.ts';
import type { JsonObject } from './json-body.ts';
import {
  boolean,
  Complaint,
  choice,
  expression,
  integer,
  known,
  listOf,
  matching,
  type Rule,
  text,
} from './rules.ts';
import { UUID } from './uuid.ts';

/** Characters; longer tags have no room in Healthchecks' own database. */
const TAGS_LENGTH = 500;
const NAME_LENGTH = 100;
const KEYWORDS_LENGTH = 200;
/** A bound where Healthchecks has none: a page of a list holds 500 descriptions at once. */
const DESCRIPTION_LENGTH = 100_000;

const period = integer(HEALTHCHECKS_SHORTEST_PERIOD, LONGEST_PERIOD);
const keywords = text(KEYWORDS_LENGTH);

/** What may be set, in the order in which mistakes are reported. */
const RULES = {
  channels: text(),
  desc: text(DESCRIPTION_LENGTH),
  failure_kw: keywords,
  filter_subject: boolean,
  filter_body: boolean,
  filter_http_body: boolean,
  filter_default_fail: boolean,
  grace: period,
  manual_resume: boolean,
  methods: choice('', 'POST'),
  name: text(NAME_LENGTH),
  schedule: expression(NAME_LENGTH),
  slug: matching(/^[a-z0-9-_]*$/, 'does not match pattern', NAME_LENGTH),
  start_kw: keywords,
  subject: keywords,
  subject_fail: keywords,
  success_kw: keywords,
  tags: text(TAGS_LENGTH),
  timeout: period,
  tz: known(canonicalTimeZone, 'is not a valid timezone'),
  unique: listOf(...UNIQUE_FIELDS),
};

/** Only where a check is made: the UUID that it shall have. */
const CREATE_RULES = { ...RULES, uuid: matching(UUID, 'is not a valid uuid') };

type Values<Rules> = { [K in keyof Rules]?: Rules[K] extends Rule<infer T> ? T : never };

/** What a client wants of a check; what it did not name is absent. */
export type CheckSpec = Values<typeof RULES>;
export type NewCheckSpec = Values<typeof CREATE_RULES>;

/**
 * Reads the fields of an update; unknown ones are ignored.
 * @throws AppError `invalid` with the first mistake.
 */
export function readSpec(body: JsonObject): CheckSpec {
  return read(body, RULES) as CheckSpec;
}

/** Reads the fields of a new check. @throws AppError `invalid` with the first mistake. */
export function readNewSpec(body: JsonObject): NewCheckSpec {
  return read(body, CREATE_RULES) as NewCheckSpec;
}

function read(body: JsonObject, rules: Record<string, Rule<unknown>>): Record<string, unknown> {
  const spec: Record<string, unknown> = {};
  for (const [field, rule] of Object.entries(rules)) {
    if (!Object.hasOwn(body, field)) continue;
    try {
      spec[field] = rule(body[field]);
    } catch (error) {
      if (!(error instanceof Complaint)) throw error;
      const subject = error.item ? `an item in '${field}'` : field;
      throw new AppError('invalid', `json validation error: ${subject} ${error.message}`, { field });
    }
  }
  return spec;
}
