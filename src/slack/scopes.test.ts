import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { scopesOfMethods } from "../../test/builders/scopes-of-methods.ts";
import { mirrorScopes, missingScopes, neededScopes, withheldScopes } from "./scopes.ts";

const granted = neededScopes.map(({ name }) => name);

test("missingScopes lists the required scopes that were not granted", () => {
  expect(missingScopes(granted, "without-mirror")).toEqual([]);
  expect(missingScopes(granted.slice(1), "without-mirror")).toEqual(["chat:write"]);
  expect(missingScopes([...granted, "files:read"], "with-mirror")).toEqual(
    mirrorScopes.map(({ name }) => name),
  );
});

test("withheldScopes lists optional scopes too, with their cost", () => {
  expect(withheldScopes(granted, "without-mirror")).toEqual([
    { name: "metadata.message:read", cost: expect.stringContaining("twice"), optional: true },
  ]);
  expect(withheldScopes([...granted.slice(1), "metadata.message:read"], "without-mirror")).toEqual([
    { name: "chat:write", cost: "no alert reaches Slack", optional: false },
  ]);
});

const oracles = process.env.TOCSIN_ORACLES;
const reference = z.object({ scope: z.object({ bot: z.array(z.string()).default([]) }).optional() });

test.skipIf(!oracles).each(Object.entries(scopesOfMethods))(
  "the scopes of %s are those in Slack's reference (needs TOCSIN_ORACLES)",
  (method, scopes) => {
    const text = readFileSync(join(oracles ?? "", `slack/methods/${method}.json`), "utf8");
    const { bot = [] } = reference.parse(JSON.parse(text)).scope ?? {};
    expect(
      scopes.filter((scope) => !bot.includes(scope)),
      bot.join(", "),
    ).toEqual([]);
    expect(scopes.length === 0).toBe(bot.length === 0);
  },
);
