import type { z } from "zod";
import type { Answer } from "./answer.ts";
import type { Caller } from "./caller.ts";

/** Slack's tiers: calls per minute for one method, app and workspace. `special` methods have their own limits. */
export const callsPerMinute = { t1: 1, t2: 20, t3: 50, t4: 100, special: 600 } as const;
export type Tier = keyof typeof callsPerMinute;

export type Method = {
  name: string;
  tier: Tier;
  /** Any one of these scopes allows the call; the method itself checks which one a channel needs. */
  scopes: readonly string[];
  required: string[];
  /** The error for an organisation's token without `team_id`, for methods that require it. */
  missingTeamError?: string;
  /** The error for an unknown `team_id`; by default `team_access_not_granted`. */
  unknownTeamError?: string;
  /** The method's own error codes, besides those common to all methods. */
  errors: readonly string[];
  call: (caller: Caller, args: unknown) => Answer;
};

type Definition<A extends z.ZodObject, E extends string> = {
  name: string;
  tier: Tier;
  scopes: readonly string[];
  args: A;
  errors: readonly E[];
  missingTeamError?: NoInfer<E>;
  unknownTeamError?: NoInfer<E>;
  // NoInfer makes an error code that is missing in `errors` a compile error.
  run: (caller: Caller, args: z.output<A>) => Answer<NoInfer<E>>;
};

const argumentMessages = (error: z.ZodError): string[] =>
  error.issues.map(({ path, input }) =>
    input === undefined || input === ""
      ? `[ERROR] missing required field: ${path.join("/")}`
      : `[ERROR] invalid value [json-pointer:/${path.join("/")}]`,
  );

/** Defines a Web API method. Invalid arguments are answered with `invalid_arguments` before `run`. */
export function method<A extends z.ZodObject, const E extends string>(given: Definition<A, E>): Method {
  const { args, run, ...definition } = given;
  return {
    ...definition,
    required: Object.keys(args.shape).filter((key) => !args.shape[key].safeParse(undefined).success),
    call(caller, raw) {
      const parsed = args.safeParse(raw, { reportInput: true });
      if (parsed.success) return run(caller, parsed.data);
      return {
        ok: false,
        error: "invalid_arguments",
        response_metadata: { messages: argumentMessages(parsed.error) },
      };
    },
  };
}
