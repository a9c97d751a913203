import type { SimulatorWithApp } from "../fixtures/simulator-with-app.ts";
import {
  ada,
  archive,
  type Cause,
  cause,
  eve,
  mallory,
  nowhere,
  posted,
  random,
  restrict,
  secret,
  security,
} from "./cause.ts";

const person = (name: string, more: object) => async (env: SimulatorWithApp) => ({
  users: (await env.slack.ask("setUser", { name, ...more })).id,
});

const infoCauses: Cause[] = [
  cause(["conversations.info", "channel_not_found", "an unknown channel"], { channel: nowhere }),
  cause(
    ["conversations.info", "missing_scope", "a private channel without groups:read"],
    { channel: secret },
    {
      without: ["groups:read"],
    },
  ),
  cause(
    ["conversations.info", "channel_is_limited_access", "a Salesforce channel"],
    { channel: security },
    {
      before: restrict({ isLimitedAccess: true }),
    },
  ),
  cause(["conversations.members", "channel_not_found", "an unknown channel"], { channel: nowhere }),
  cause(
    ["conversations.members", "missing_scope", "a private channel without groups:read"],
    { channel: secret },
    {
      without: ["groups:read"],
    },
  ),
  cause(["conversations.members", "invalid_cursor", "an invalid cursor"], {
    channel: security,
    cursor: "next",
  }),
  cause(["conversations.members", "invalid_limit", "a negative limit"], { channel: security, limit: -1 }),
  cause(
    ["conversations.members", "fetch_members_failed", "a migrating channel"],
    { channel: security },
    {
      before: restrict({ isMigrating: true }),
    },
  ),
];

const listCauses = (method: string): Cause[] => [
  cause([method, "invalid_cursor", "an invalid cursor"], { cursor: "next" }),
  cause([method, "invalid_limit", "a limit of 1,000"], { limit: 1000 }),
  cause([method, "invalid_types", "an unknown type"], { types: "public_channel,huddle" }),
  cause(
    [method, "missing_scope", "private channels without groups:read"],
    { types: "private_channel" },
    {
      without: ["groups:read"],
    },
  ),
  cause(
    [method, "missing_argument", "an organisation's token without team_id"],
    {},
    { inOrganisation: true },
  ),
];

const joinAndOpenCauses: Cause[] = [
  cause(["conversations.join", "channel_not_found", "an unknown channel"], { channel: nowhere }),
  cause(
    ["conversations.join", "is_archived", "an archived channel"],
    { channel: security },
    { before: archive },
  ),
  cause(["conversations.join", "method_not_supported_for_channel_type", "a private channel"], {
    channel: secret,
  }),
  cause(
    ["conversations.join", "channel_is_limited_access", "a Salesforce channel"],
    { channel: security },
    {
      before: restrict({ isLimitedAccess: true }),
    },
  ),
  cause(
    ["conversations.join", "too_many_members", "a full channel"],
    { channel: random },
    {
      before: (env) => env.slack.ask("restrictChannel", { channel: "#random", isFull: true }),
    },
  ),
  cause(["conversations.open", "users_list_not_supplied", "an empty list of users"], {}),
  cause(["conversations.open", "not_enough_users", "the bot itself only"], { users: "U0TOCSIN01" }),
  cause(["conversations.open", "too_many_users", "nine people"], {
    users: Array.from({ length: 9 }, (_, n) => `U0NOBODY0${n}`).join(","),
  }),
  cause(["conversations.open", "user_not_found", "an unknown user"], { users: "U0NOBODY01" }),
  cause(["conversations.open", "user_disabled", "a deactivated user"], person("leaver", { deleted: true })),
  cause(
    ["conversations.open", "user_not_visible", "a user behind an information barrier"],
    person("barred", { isHidden: true }),
  ),
  cause(
    ["conversations.open", "invalid_user_combination", "a user who shares no channel with the bot"],
    async (env) => {
      const { id } = await env.slack.ask("setUser", {
        name: "outsider",
        isStranger: true,
        teamId: "T0OTHER001",
      });
      return { users: `${ada},${id}` };
    },
  ),
  cause(
    ["conversations.open", "missing_scope", "two people without mpim:write"],
    { users: `${ada},${eve}` },
    {
      without: ["mpim:write"],
    },
  ),
  cause(["conversations.open", "channel_not_found", "an unknown conversation"], { channel: "D0NOWHERE1" }),
  cause(["conversations.open", "method_not_supported_for_channel_type", "a channel"], { channel: security }),
];

const historyCauses: Cause[] = [
  cause(["conversations.history", "channel_not_found", "an unknown channel"], { channel: nowhere }),
  cause(["conversations.history", "not_in_channel", "a channel that the bot is not in"], { channel: random }),
  cause(
    ["conversations.history", "missing_scope", "a channel without channels:history"],
    { channel: security },
    {
      without: ["channels:history"],
    },
  ),
  cause(
    ["conversations.history", "channel_is_limited_access", "a Salesforce channel"],
    { channel: security },
    {
      before: restrict({ isLimitedAccess: true }),
    },
  ),
  cause(["conversations.replies", "channel_not_found", "an unknown channel"], {
    channel: nowhere,
    ts: "1.000001",
  }),
  cause(["conversations.replies", "thread_not_found", "an unknown message"], {
    channel: security,
    ts: "1.000001",
  }),
  cause(
    ["conversations.replies", "missing_scope", "a channel without channels:history"],
    { channel: security, ts: "1.000001" },
    {
      without: ["channels:history"],
    },
  ),
  ...["conversations.history", "conversations.replies"].flatMap((method) => {
    const bad = (error: string, situation: string, more: object) =>
      cause([method, error, situation], async (env) => ({
        channel: security,
        ts: await posted(env),
        ...more,
      }));
    return [
      bad("invalid_cursor", "an invalid cursor", { cursor: "next" }),
      bad("invalid_ts_oldest", "an invalid time", { oldest: "yesterday" }),
      bad("invalid_ts_latest", "an invalid time", { latest: "now" }),
      bad("invalid_metadata_filter_keys", "keys that are not a list", { metadata_keys_to_include: "{}" }),
    ];
  }),
];

const userCauses: Cause[] = [
  cause(
    ["users.conversations", "method_not_supported_for_channel_type", "another person's direct messages"],
    {
      user: mallory,
      types: "im",
    },
  ),
  cause(["users.info", "user_not_found", "an unknown user"], { user: "U0NOBODY01" }),
  cause(["users.info", "user_not_visible", "a user behind an information barrier"], async (env) => ({
    user: (await env.slack.ask("setUser", { name: "barred", isHidden: true })).id,
  })),
  cause(["users.profile.get", "user_not_found", "an unknown user"], { user: "U0NOBODY01" }),
  cause(["users.list", "invalid_cursor", "an invalid cursor"], { cursor: "next" }),
  cause(
    ["users.list", "limit_required", "a long list without limit"],
    {},
    {
      before: (env) => env.slack.ask("restrictWorkspace", { hasManyUsers: true }),
    },
  ),
  cause(
    ["users.list", "missing_argument", "an organisation's token without team_id"],
    {},
    {
      inOrganisation: true,
    },
  ),
  cause(["users.lookupByEmail", "users_not_found", "an unknown email"], { email: "bob@acme.example" }),
  cause(
    ["users.lookupByEmail", "enterprise_is_restricted", "an organisation that hides emails"],
    { email: "ada@acme.example" },
    { inOrganisation: true, before: (env) => env.slack.ask("restrictWorkspace", { hidesEmails: true }) },
  ),
];

export const conversationCauses: Cause[] = [
  ...infoCauses,
  ...listCauses("conversations.list"),
  ...listCauses("users.conversations"),
  ...joinAndOpenCauses,
  ...historyCauses,
  ...userCauses,
];
