import { expect, test } from "vitest";
import { remedy } from "./remedy.ts";

test("the remedy for a channel's fault names the channel and what to type", () => {
  expect(remedy("not_in_channel", { channelName: "security" })).toEqual({
    means: "The bot is not in #security.",
    todo: "In Slack, type /invite @Tocsin there.",
  });
  expect(remedy("is_archived").means).toBe("The channel is archived.");
});

test("the remedy for a missing scope names the scope", () => {
  expect(remedy("missing_scope", { neededScope: "im:write" }).todo).toContain("Add the scope im:write under");
});

test.each(["never_heard_of_it", "constructor"])("the unknown code %s is quoted as it is", (code) => {
  expect(remedy(code).means).toBe(`Slack refused with "${code}".`);
});

// The setup faults of docs/behaviour.md#5-deliver.
test.each(
  `invalid_auth token_revoked token_expired account_inactive missing_scope channel_not_found not_in_channel
  is_archived is_inactive restricted_action restricted_action_read_only_channel restricted_action_thread_locked
  restricted_action_thread_only_channel restricted_action_non_threadable_channel team_access_not_granted
  team_not_found org_login_required app_access_restricted`.split(/\s+/),
)("the setup fault %s has its own remedy", (code) => {
  const { means, todo } = remedy(code, { channelName: "security" });
  expect(means).not.toContain(code);
  expect(todo).not.toContain("docs.slack.dev");
  expect(`${means} ${todo}`).not.toMatch(/undefined|null/);
});
