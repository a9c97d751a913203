import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { mirrorScopes, missingScopes, neededScopes } from "./scopes.ts";

const granted = neededScopes.map(({ name }) => name);

test("what was granted is not missing, and each that was withheld is", () => {
  expect(missingScopes(granted, "without-mirror")).toEqual([]);
  expect(missingScopes(granted.slice(1), "without-mirror")).toEqual(["chat:write"]);
  expect(missingScopes([...granted, "files:read"], "with-mirror")).toEqual(
    mirrorScopes.map(({ name }) => name),
  );
});

const oracles = process.env.TOCSIN_ORACLES;
const reference = z.object({ scope: z.object({ bot: z.array(z.string()).default([]) }) });

test
  .skipIf(!oracles)
  .each([
    "auth.test",
    "bots.info",
    "chat.getPermalink",
    "chat.postEphemeral",
    "chat.postMessage",
    "chat.update",
    "conversations.info",
    "conversations.list",
    "conversations.open",
    "users.conversations",
    "users.info",
    "users.lookupByEmail",
    "views.open",
    "views.update",
  ])("%s is covered, as Slack's reference says (needs TOCSIN_ORACLES)", (method) => {
  const text = readFileSync(join(oracles ?? "", `slack/methods/${method}.json`), "utf8");
  const { bot } = reference.parse(JSON.parse(text)).scope;
  const covered = bot.length === 0 || bot.some((scope) => granted.includes(scope));
  expect(covered, `one of ${bot.join(", ")}`).toBe(true);
});
