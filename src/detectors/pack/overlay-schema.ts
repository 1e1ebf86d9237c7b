/** The shape of an overlay: the texts of a signature in another language, at the places where the signature has them. */
import { z } from 'zod';
import { TITLE_LIMIT } from './schema.js';

const prose = z.string().trim().min(1, 'must not be empty');

export const overlaySchema = z.strictObject({
  id: prose.describe('the signature whose texts these are'),
  of: z
    .string()
    .regex(/^[0-9a-f]{12}$/, 'must be twelve hexadecimal digits, in quotes')
    .optional()
    .describe('digest of the English texts that were translated; "ccelog signatures lint" tells it'),
  title: prose.max(TITLE_LIMIT).optional(),
  cause: prose.optional(),
  entities: z.record(z.string(), prose).optional(),
  fixes: z
    .record(
      z.string(),
      z.strictObject({
        title: prose.optional(),
        steps: z.array(prose).min(1).optional().describe('texts of the steps, as many as there are in English'),
      }),
    )
    .optional()
    .describe('by id'),
  versionUnknown: prose.optional(),
  falsePositives: z.array(prose).optional().describe('as many as there are in English'),
  question: z.strictObject({ text: prose }).optional(),
  found: z.array(prose).optional().describe('what the rules under "state" say, in their order, with {alias.value}'),
  resolvedBy: z.array(prose).optional().describe('notes of the alternatives under "resolvedBy", in their order'),
});

export type OverlayFile = z.output<typeof overlaySchema>;
