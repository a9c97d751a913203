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

/** The differences between a method's definition and Slack's reference. */
function differences(method: Pick<Method, "errors" | "required" | "scopes" | "tier">, known: Reference) {
  const errors = errorsOf(known);
  const tiersOfMethod = new Set(
    Object.entries(tiers).flatMap(([theirs, ours]) => (theirs === known.rate_limits ? [ours] : [])),
  );
  return {
    errors: [...method.errors, ...commonErrors].filter((error) => !errors.has(error)),
    required: unshared(
      method.required,
      known.args.required.filter((name) => name !== "token"),
    ),
    scopes: unshared(method.scopes, known.scope.bot),
    tier: tiersOfMethod.has(method.tier) ? [] : [known.rate_limits],
  };
}
const none = { errors: [], required: [], scopes: [], tier: [] };

// Methods that need a configuration token, and oauth.v2.access.
const otherMethods = /^(apps\.|oauth\.)/;

oracle("Slack's reference", () => {
  // The data has no reference of some methods.
  const referenced = new Set(referencedMethods());
  const compared = [...methods.values()].filter(({ name }) => referenced.has(name));

  test.each(compared)("agrees with $name", (method) => {
    expect(differences(method, referenceOf(method.name))).toEqual(none);
  });

  test("lists the errors of apps.connections.open", () => {
    const known = errorsOf(referenceOf("apps.connections.open"));
    expect(openConnectionMethod.errors.filter((error) => !known.has(error))).toEqual([]);
    expect(known.has("oh_no")).toBe(false);
  });

  test("has no method that the simulator lacks", () => {
    const lacking = referencedMethods().filter((name) => !methods.has(name) && !otherMethods.test(name));
    const sum = (of: (method: Method) => readonly string[]) =>
      compared.reduce((count, method) => count + of(method).length, 0);
    console.info(
      `compared ${sum(({ errors }) => [...errors, ...commonErrors])} errors, ${sum(({ required }) => required)} required`,
      `arguments, ${sum(({ scopes }) => scopes)} scopes and ${compared.length} tiers of ${compared.length} methods`,
    );
    expect(lacking).toEqual([]);
  });

  test("lists the errors of oauth.v2.access", () => {
    const known = errorsOf(referenceOf("oauth.v2.access"));
    expect(exchangeCodeMethod.errors.filter((error) => !known.has(error))).toEqual([]);
  });

  test("differs from a method with wrong definitions", () => {
    const wrong = { errors: ["oh_no"], required: ["channel"], scopes: ["chat:read"], tier: "t2" } as const;
    expect(differences({ ...wrong, required: ["channel"] }, referenceOf("chat.update"))).toEqual({
      errors: ["oh_no"],
      required: ["ts"],
      scopes: ["chat:read", "chat:write"],
      tier: ["t3"],
    });
  });

  test("contains the errors that the comparison allows for every method", () => {
    expect(JSON.stringify(read("methods", "views.open.json"))).toContain("invalid_arguments");
    expect(referenceOf("auth.test").errors).toEqual(
      expect.arrayContaining(["invalid_auth", "internal_error"]),
    );
    expect(readText("facts.md")).toContain("team_access_not_granted");
    expect(readText("facts.md")).toContain("internal_error");
  });
});
