import type { z } from "zod";
import type { Answer } from "./answer.ts";
import type { Caller } from "./caller.ts";

/** Slack's tiers: calls a minute for one method, app and workspace. `special` methods have rules of their own. */
export const callsPerMinute = { t1: 1, t2: 20, t3: 50, t4: 100, special: 600 } as const;
export type Tier = keyof typeof callsPerMinute;

export type Method = {
  name: string;
  tier: Tier;
  /** Any one of them opens the method; which one a channel asks for is the method's business. */
  scopes: readonly string[];
  required: string[];
  /** What it refuses the token of an organisation with that names no workspace; such a method insists on one. */
  lacksTeam?: string;
  /** The same for a workspace that isn't there; without it the app wasn't let in. */
  unknownTeam?: string;
  /** Every code it can refuse with, beside those common to all methods. */
  errors: readonly string[];
  call: (caller: Caller, args: unknown) => Answer;
};

type Definition<A extends z.ZodObject, E extends string> = {
  name: string;
  tier: Tier;
  scopes: readonly string[];
  args: A;
  errors: readonly E[];
  lacksTeam?: NoInfer<E>;
  unknownTeam?: NoInfer<E>;
  // NoInfer: the list of errors is what an answer is held to, so an undeclared code doesn't compile.
  run: (caller: Caller, args: z.output<A>) => Answer<NoInfer<E>>;
};

const missing = (error: z.ZodError): string[] =>
  error.issues.map(({ path, input }) =>
    input === undefined || input === ""
      ? `[ERROR] missing required field: ${path.join("/")}`
      : `[ERROR] invalid value [json-pointer:/${path.join("/")}]`,
  );

/** A method of the Web API: what it needs, what it can answer, and what it does. */
export function method<A extends z.ZodObject, const E extends string>(given: Definition<A, E>): Method {
  const { args, run, ...told } = given;
  return {
    ...told,
    required: Object.keys(args.shape).filter((key) => !args.shape[key].safeParse(undefined).success),
    call(caller, raw) {
      const parsed = args.safeParse(raw, { reportInput: true });
      if (parsed.success) return run(caller, parsed.data);
      return {
        ok: false,
        error: "invalid_arguments",
        response_metadata: { messages: missing(parsed.error) },
      };
    },
  };
}
