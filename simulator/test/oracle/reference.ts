import { z } from "zod";
import { files, read } from "./oracle.ts";

const codes = z.record(z.string(), z.unknown()).transform((errors) => Object.keys(errors));

/** The parts of Slack's reference of a method that are compared. */
const reference = z.object({
  errors: codes,
  common_errors: codes,
  scope: z.object({ bot: z.array(z.string()).default([]) }),
  rate_limits: z.string(),
  args: z.object({ required: z.array(z.string()).default([]) }),
  examples: z
    .record(z.string(), z.object({ example: z.unknown() }))
    .nullish()
    .transform((examples) =>
      Object.entries(examples ?? {}).map(([name, { example }]) => ({ name, example })),
    ),
});

export type Reference = z.output<typeof reference>;

export const referenceOf = (method: string): Reference => reference.parse(read("methods", `${method}.json`));

/** The names of all methods in the reference. */
export const referencedMethods = (): string[] => files("methods").map((file) => file.replace(/\.json$/, ""));

/**
 * Common codes that the reference does not list for every method: some are only listed for some methods or in example
 * answers, those of JSON bodies only in https://docs.slack.dev/apis/web-api/.
 */
const commonCodes = [
  "internal_error",
  "invalid_arguments",
  "invalid_auth",
  "invalid_json",
  "json_not_object",
  "team_access_not_granted",
];

/** Every code that a method may answer with, including the common ones. */
export const errorsOf = ({ errors, common_errors }: Reference): Set<string> =>
  new Set([...errors, ...common_errors, ...commonCodes]);
