import { expect, test } from "vitest";
import { z } from "zod";
import { doorErrors } from "../../web-api/answer.ts";
import { openConnectionMethod } from "../../web-api/app-level/open-connection.ts";
import type { Method } from "../../web-api/method.ts";
import { methods } from "../../web-api/methods.ts";
import { oracle, read, readText } from "./oracle.ts";

const reference = z.object({
  errors: z.record(z.string(), z.unknown()),
  common_errors: z.record(z.string(), z.unknown()),
  scope: z.object({ bot: z.array(z.string()).default([]) }),
  rate_limits: z.string(),
  args: z.object({ required: z.array(z.string()).default([]) }),
});

const tiers = { t1: "t1", t2: "t2", t3: "t3", t4: "t4", t5: "special" };

// Three codes stand in no list of common errors: `invalid_auth` only in that of auth.test, `invalid_arguments` only
// in the example answers of views.open, and `team_access_not_granted` only in the collected facts.
const everywhere = ["invalid_arguments", "invalid_auth", "team_access_not_granted"];

const errorsOf = (known: z.output<typeof reference>) =>
  new Set([...Object.keys(known.errors), ...Object.keys(known.common_errors), ...everywhere]);

const unshared = (ours: readonly string[], theirs: readonly string[]) => [
  ...ours.filter((one) => !theirs.includes(one)),
  ...theirs.filter((one) => !ours.includes(one)),
];

/** What a method says of itself against what Slack says of it. */
function differences(
  method: Pick<Method, "errors" | "required" | "scopes" | "tier">,
  known: z.output<typeof reference>,
) {
  const errors = errorsOf(known);
  const told = new Set(
    Object.entries(tiers).flatMap(([theirs, ours]) => (theirs === known.rate_limits ? [ours] : [])),
  );
  return {
    errors: [...method.errors, ...doorErrors].filter((error) => !errors.has(error)),
    required: unshared(
      method.required,
      known.args.required.filter((name) => name !== "token"),
    ),
    scopes: unshared(method.scopes, known.scope.bot),
    tier: told.has(method.tier) ? [] : [known.rate_limits],
  };
}
const none = { errors: [], required: [], scopes: [], tier: [] };

oracle("every method, against Slack's reference", () => {
  test.each([...methods.values()])("$name", (method) => {
    expect(differences(method, reference.parse(read("methods", `${method.name}.json`)))).toEqual(none);
  });

  test("apps.connections.open, which takes another kind of token", () => {
    const known = errorsOf(reference.parse(read("methods", "apps.connections.open.json")));
    expect(openConnectionMethod.errors.filter((error) => !known.has(error))).toEqual([]);
    expect(known.has("oh_no")).toBe(false);
  });

  test("a bent method is noticed", () => {
    const known = reference.parse(read("methods", "chat.update.json"));
    const bent = { errors: ["oh_no"], required: ["channel"], scopes: ["chat:read"], tier: "t2" } as const;
    expect(differences({ ...bent, required: ["channel"] }, known)).toEqual({
      errors: ["oh_no"],
      required: ["ts"],
      scopes: ["chat:read", "chat:write"],
      tier: ["t3"],
    });
  });

  test("the codes that are allowed everywhere are Slack's", () => {
    expect(JSON.stringify(read("methods", "views.open.json"))).toContain("invalid_arguments");
    expect(reference.parse(read("methods", "auth.test.json")).errors).toHaveProperty("invalid_auth");
    expect(readText("facts.md")).toContain("team_access_not_granted");
  });
});
