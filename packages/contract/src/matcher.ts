import { z } from 'zod';
import { hasControls, textSchema } from './common.ts';

/** Characters of a label's name and of what a matcher compares it with. */
const NAME_LENGTH = 200;
const VALUE_LENGTH = 4096;

const isRegex = {
  description: '`value` is a regular expression (RE2) that must match the whole label',
};
const isEqual = { description: 'False: it must not match' };

/** One condition on a label, in the form of Alertmanager's API. A label that is missing is the empty text. */
export const matcherSchema = z
  .object({
    name: z.string().meta({ description: 'Of the label' }),
    value: z.string(),
    isRegex: z.boolean().meta(isRegex),
    isEqual: z.boolean().meta(isEqual),
  })
  .meta({ id: 'Matcher' });

/** One condition on a label, as a type. */
export type Matcher = z.infer<typeof matcherSchema>;

/** One condition on a label, as somebody gives it. */
const matcherInputSchema = z
  .strictObject({
    name: textSchema(NAME_LENGTH, 1)
      .refine((name) => !hasControls(name), 'is not the name of a label')
      .meta({ description: 'Of the label' }),
    value: textSchema(VALUE_LENGTH),
    isRegex: z.boolean().default(false).meta(isRegex),
    isEqual: z.boolean().default(true).meta(isEqual),
  })
  .meta({ id: 'MatcherInput' });

/** Characters of all matchers of a list together. */
const LIST_LENGTH = 20_000;

/** Conditions that must all hold. */
export const matchersSchema = z
  .array(matcherInputSchema)
  .min(1)
  .max(50)
  .refine((list) => JSON.stringify(list).length <= LIST_LENGTH, 'holds more than 20,000 characters in all');
