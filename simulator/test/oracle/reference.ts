import { z } from "zod";
import { files, read } from "./oracle.ts";

const codes = z.record(z.string(), z.unknown()).transform((errors) => Object.keys(errors));

/** What Slack's reference says of a method. */
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

/** The names of all methods that there is a reference of. */
export const referencedMethods = (): string[] => files("methods").map((file) => file.replace(/\.json$/, ""));

/**
 * Codes that stand in no list of common errors: `invalid_auth` and `internal_error` only in those of some methods,
 * `invalid_arguments` only in example answers, `team_access_not_granted` only in the collected facts, and those of
 * JSON bodies only in https://docs.slack.dev/apis/web-api/.
 */
const everywhere = [
  "internal_error",
  "invalid_arguments",
  "invalid_auth",
  "invalid_json",
  "json_not_object",
  "team_access_not_granted",
];

/** Every code that a method may answer with, its own and those of all. */
export const errorsOf = ({ errors, common_errors }: Reference): Set<string> =>
  new Set([...errors, ...common_errors, ...everywhere]);
