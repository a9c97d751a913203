import type { Setting } from "../fixtures/simulator-with-app.ts";
import {
  ada,
  type Cause,
  eve,
  grant,
  mallory,
  organisation,
  posted,
  random,
  secret,
  security,
} from "./cause.ts";

const nowhere = "C0NOWHERE01";

type Arranged = {
  before?: (here: Setting) => Promise<unknown>;
  without?: string[];
  inOrganisation?: boolean;
};

/** A call with every scope granted but some, after something was arranged. */
const cause = (
  [method, error, because]: readonly [string, string, string],
  args: object | ((here: Setting) => Promise<object>),
  { before, without = [], inOrganisation = false }: Arranged = {},
): Cause => ({
  method,
  error,
  because,
  ...(inOrganisation && { options: organisation }),
  async call(here) {
    await grant(here, { without });
    await before?.(here);
    return here.call(method, { ...(typeof args === "function" ? await args(here) : args) });
  },
});

const restrict = (limit: object) => (here: Setting) =>
  here.slack.ask("restrictChannel", { channel: "#security", ...limit });
const archive = (here: Setting) => here.slack.ask("setChannel", { channel: "#security", archived: true });
const person = (name: string, more: object) => async (here: Setting) => ({
  users: (await here.slack.ask("setUser", { name, ...more })).id,
});

const seeing: Cause[] = [
  cause(["conversations.info", "channel_not_found", "no such channel"], { channel: nowhere }),
  cause(
    ["conversations.info", "missing_scope", "a private channel, and no groups:read"],
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
  cause(["conversations.members", "channel_not_found", "no such channel"], { channel: nowhere }),
  cause(
    ["conversations.members", "missing_scope", "a private channel, and no groups:read"],
    { channel: secret },
    {
      without: ["groups:read"],
    },
  ),
  cause(["conversations.members", "invalid_cursor", "a cursor of nobody"], {
    channel: security,
    cursor: "next",
  }),
  cause(["conversations.members", "invalid_limit", "a page of none"], { channel: security, limit: -1 }),
  cause(
    ["conversations.members", "fetch_members_failed", "a channel on its way"],
    { channel: security },
    {
      before: restrict({ isMigrating: true }),
    },
  ),
];

const listing = (method: string): Cause[] => [
  cause([method, "invalid_cursor", "a cursor of nobody"], { cursor: "next" }),
  cause([method, "invalid_limit", "a page of 1,000"], { limit: 1000 }),
  cause([method, "invalid_types", "a type that is none"], { types: "public_channel,huddle" }),
  cause(
    [method, "missing_scope", "private channels, and no groups:read"],
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

const coming: Cause[] = [
  cause(["conversations.join", "channel_not_found", "no such channel"], { channel: nowhere }),
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
      before: (here) => here.slack.ask("restrictChannel", { channel: "#random", isFull: true }),
    },
  ),
  cause(["conversations.open", "users_list_not_supplied", "nobody named"], {}),
  cause(["conversations.open", "not_enough_users", "the bot alone"], { users: "U0TOCSIN01" }),
  cause(["conversations.open", "too_many_users", "nine people"], {
    users: Array.from({ length: 9 }, (_, n) => `U0NOBODY0${n}`).join(","),
  }),
  cause(["conversations.open", "user_not_found", "somebody who never was"], { users: "U0NOBODY01" }),
  cause(["conversations.open", "user_disabled", "somebody who left"], person("leaver", { deleted: true })),
  cause(
    ["conversations.open", "user_not_visible", "somebody behind an information barrier"],
    person("barred", { isHidden: true }),
  ),
  cause(
    ["conversations.open", "invalid_user_combination", "a stranger who shares no channel"],
    async (here) => {
      const { id } = await here.slack.ask("setUser", {
        name: "stranger",
        isStranger: true,
        teamId: "T0OTHER001",
      });
      return { users: `${ada},${id}` };
    },
  ),
  cause(
    ["conversations.open", "missing_scope", "two people, and no mpim:write"],
    { users: `${ada},${eve}` },
    {
      without: ["mpim:write"],
    },
  ),
  cause(["conversations.open", "channel_not_found", "no such conversation"], { channel: "D0NOWHERE1" }),
  cause(["conversations.open", "method_not_supported_for_channel_type", "a channel"], { channel: security }),
];

const reading: Cause[] = [
  cause(["conversations.history", "channel_not_found", "no such channel"], { channel: nowhere }),
  cause(["conversations.history", "not_in_channel", "a channel that the bot is not in"], { channel: random }),
  cause(
    ["conversations.history", "missing_scope", "no channels:history"],
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
  cause(["conversations.replies", "channel_not_found", "no such channel"], {
    channel: nowhere,
    ts: "1.000001",
  }),
  cause(["conversations.replies", "thread_not_found", "no such message"], {
    channel: security,
    ts: "1.000001",
  }),
  cause(
    ["conversations.replies", "missing_scope", "no channels:history"],
    { channel: security, ts: "1.000001" },
    {
      without: ["channels:history"],
    },
  ),
  ...["conversations.history", "conversations.replies"].flatMap((method) => {
    const bad = (error: string, because: string, more: object) =>
      cause([method, error, because], async (here) => ({
        channel: security,
        ts: await posted(here),
        ...more,
      }));
    return [
      bad("invalid_cursor", "a cursor of nobody", { cursor: "next" }),
      bad("invalid_ts_oldest", "a time that is none", { oldest: "yesterday" }),
      bad("invalid_ts_latest", "a time that is none", { latest: "now" }),
      bad("invalid_metadata_filter_keys", "keys that are no list", { metadata_keys_to_include: "{}" }),
    ];
  }),
];

const people: Cause[] = [
  cause(["users.conversations", "method_not_supported_for_channel_type", "somebody else's direct messages"], {
    user: mallory,
    types: "im",
  }),
  cause(["users.info", "user_not_found", "somebody who never was"], { user: "U0NOBODY01" }),
  cause(["users.info", "user_not_visible", "somebody behind an information barrier"], async (here) => ({
    user: (await here.slack.ask("setUser", { name: "barred", isHidden: true })).id,
  })),
  cause(["users.list", "invalid_cursor", "a cursor of nobody"], { cursor: "next" }),
  cause(
    ["users.list", "limit_required", "a long list without limit"],
    {},
    {
      before: (here) => here.slack.ask("restrictWorkspace", { hasManyUsers: true }),
    },
  ),
  cause(
    ["users.list", "missing_argument", "an organisation's token without team_id"],
    {},
    {
      inOrganisation: true,
    },
  ),
  cause(["users.lookupByEmail", "users_not_found", "an address of nobody"], { email: "bob@acme.example" }),
  cause(
    ["users.lookupByEmail", "enterprise_is_restricted", "an organisation that hides its people"],
    { email: "ada@acme.example" },
    { inOrganisation: true, before: (here) => here.slack.ask("restrictWorkspace", { hidesEmails: true }) },
  ),
];

export const conversationCauses: Cause[] = [
  ...seeing,
  ...listing("conversations.list"),
  ...listing("users.conversations"),
  ...coming,
  ...reading,
  ...people,
];
