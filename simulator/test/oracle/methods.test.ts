import { expect, test } from "vitest";
import { exchangeCodeMethod } from "../../apps/oauth/exchange-code.ts";
import { commonErrors } from "../../web-api/answer.ts";
import { openConnectionMethod } from "../../web-api/apps.ts";
import type { Method } from "../../web-api/method.ts";
import { methods } from "../../web-api/methods.ts";
import { oracle, read, readText } from "./oracle.ts";
import { errorsOf, type Reference, referencedMethods, referenceOf } from "./reference.ts";

const tiers = { t1: "t1", t2: "t2", t3: "t3", t4: "t4", t5: "special" };

const unshared = (ours: readonly string[], theirs: readonly string[]) => [
  ...ours.filter((one) => !theirs.includes(one)),
  ...theirs.filter((one) => !ours.includes(one)),
];

/** What a method says of itself against what Slack says of it. */
function differences(method: Pick<Method, "errors" | "required" | "scopes" | "tier">, known: Reference) {
  const errors = errorsOf(known);
  const told = new Set(
    Object.entries(tiers).flatMap(([theirs, ours]) => (theirs === known.rate_limits ? [ours] : [])),
  );
  return {
    errors: [...method.errors, ...commonErrors].filter((error) => !errors.has(error)),
    required: unshared(
      method.required,
      known.args.required.filter((name) => name !== "token"),
    ),
    scopes: unshared(method.scopes, known.scope.bot),
    tier: told.has(method.tier) ? [] : [known.rate_limits],
  };
}
const none = { errors: [], required: [], scopes: [], tier: [] };

// Those of an app's makers, which take a configuration token; and what Your Apps answers.
const elsewhere = /^(apps\.|oauth\.)/;

oracle("every method, against Slack's reference", () => {
  test.each([...methods.values()])("$name", (method) => {
    expect(differences(method, referenceOf(method.name))).toEqual(none);
  });

  test("apps.connections.open, which takes another kind of token", () => {
    const known = errorsOf(referenceOf("apps.connections.open"));
    expect(openConnectionMethod.errors.filter((error) => !known.has(error))).toEqual([]);
    expect(known.has("oh_no")).toBe(false);
  });

  test("no method of the reference is missing", () => {
    const lacking = referencedMethods().filter((name) => !methods.has(name) && !elsewhere.test(name));
    const all = [...methods.values()];
    const sum = (of: (method: Method) => readonly string[]) =>
      all.reduce((count, method) => count + of(method).length, 0);
    console.info(
      `compared ${sum(({ errors }) => [...errors, ...commonErrors])} errors, ${sum(({ required }) => required)} required`,
      `arguments, ${sum(({ scopes }) => scopes)} scopes and ${all.length} tiers of ${all.length} methods`,
    );
    expect(lacking).toEqual([]);
  });

  test("oauth.v2.access, which takes no token", () => {
    const known = errorsOf(referenceOf("oauth.v2.access"));
    expect(exchangeCodeMethod.errors.filter((error) => !known.has(error))).toEqual([]);
  });

  test("a bent method is noticed", () => {
    const bent = { errors: ["oh_no"], required: ["channel"], scopes: ["chat:read"], tier: "t2" } as const;
    expect(differences({ ...bent, required: ["channel"] }, referenceOf("chat.update"))).toEqual({
      errors: ["oh_no"],
      required: ["ts"],
      scopes: ["chat:read", "chat:write"],
      tier: ["t3"],
    });
  });

  test("the codes that are allowed everywhere are Slack's", () => {
    expect(JSON.stringify(read("methods", "views.open.json"))).toContain("invalid_arguments");
    expect(referenceOf("auth.test").errors).toEqual(
      expect.arrayContaining(["invalid_auth", "internal_error"]),
    );
    expect(readText("facts.md")).toContain("team_access_not_granted");
    expect(readText("facts.md")).toContain("internal_error");
  });
});
