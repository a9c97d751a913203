import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { security, startWithApp } from "../fixtures/simulator-with-app.ts";
import { type SubscribedSimulator, subscribeToAll } from "../fixtures/subscribed-simulator.ts";

const secret = "C0SECPRIV01";
const random = "C0RANDOM001";
const grace = "U0GRACE001";

let env: SubscribedSimulator;
const ask: SubscribedSimulator["slack"]["ask"] = (verb, input) => env.slack.ask(verb, input);
const waitForEvent: SubscribedSimulator["waitForEvent"] = (...what) => env.waitForEvent(...what);
const say: SubscribedSimulator["say"] = (...what) => env.say(...what);
const events: SubscribedSimulator["events"] = (type) => env.events(type);
const envelopes = () => env.envelopes();
const waitForDelivery = () => env.waitForDelivery();
beforeEach(async () => {
  env = await subscribeToAll(await startWithApp());
});
afterEach(() => env.end());

const channelChanges = [
  [
    "renaming",
    (channel: string) => ask("renameChannel", { as: "grace", channel, name: "alerts" }),
    ["rename", { channel: { id: "…", name: "alerts", name_normalized: "alerts", is_mpim: false } }],
    "channel_name",
  ],
  [
    "archiving",
    (channel: string) => ask("archiveChannel", { as: "grace", channel }),
    ["archive", { channel: "…", user: grace, is_moved: 0 }],
    "channel_archive",
  ],
  [
    "deleting",
    (channel: string) => ask("deleteChannel", { as: "grace", channel }),
    ["deleted", { channel: "…", actor_id: grace }],
    undefined,
  ],
] as const;

describe.each([
  ["public", security, "channel"],
  ["private", secret, "group"],
])("a %s channel", (_kind, id, prefix) => {
  test.each(channelChanges)("sends an event on %s", async (_change, act, [what, fields], subtype) => {
    await act(id);
    const expected = JSON.parse(JSON.stringify(fields).replace("…", id));
    expect(await waitForEvent(`${prefix}_${what}`)).toMatchObject(expected);
    if (subtype) expect(await waitForEvent("message", subtype)).toMatchObject({ user: grace, channel: id });
  });

  test("sends an event on unarchiving", async () => {
    await ask("archiveChannel", { as: "grace", channel: id });
    await ask("archiveChannel", { as: "grace", channel: id, archived: false });
    const by = prefix === "group" ? { actor_id: grace } : { user: grace };
    expect(await waitForEvent(`${prefix}_unarchive`)).toMatchObject({ channel: id, ...by });
  });

  test("sends events with the actor when the bot is removed and invited", async () => {
    await say("/remove @Tocsin", id, "grace");
    expect(await waitForEvent(`${prefix}_left`)).toMatchObject({ channel: id, actor_id: grace });
    expect(await waitForEvent("member_left_channel")).toMatchObject({
      user: env.slack.app.botUserId,
      channel: id,
    });
    await say("/invite @Tocsin", id, "grace");
    expect(await waitForEvent("member_joined_channel")).toMatchObject({
      user: env.slack.app.botUserId,
      channel_type: prefix === "group" ? "G" : "C",
      inviter: grace,
      team: "T0ACME0001",
    });
    expect(await waitForEvent("message", "channel_join")).toMatchObject({ inviter: grace });
  });

  test("sends messages with its channel_type", async () => {
    await say("Hello <there> @grace, see https://acme.example", id, "ada");
    expect(await waitForEvent("message")).toMatchObject({
      channel_type: prefix,
      channel: id,
      text: "Hello &lt;there&gt; <@U0GRACE001>, see https://acme.example",
      client_msg_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      blocks: [
        {
          type: "rich_text",
          elements: [
            {
              type: "rich_text_section",
              elements: [
                { type: "text", text: "Hello <there> " },
                { type: "user", user_id: grace },
                { type: "text", text: ", see https://acme.example" },
              ],
            },
          ],
        },
      ],
    });
  });
});

describe("an app", () => {
  test("outside a public channel gets its changes, but not its messages and members", async () => {
    await say("Nothing", random);
    await say("/invite @eve", random, "grace");
    await ask("renameChannel", { as: "grace", channel: random, name: "chatter" });
    await waitForEvent("channel_rename");
    await waitForDelivery();
    expect([events("message"), events("member_joined_channel")]).toEqual([[], []]);
  });

  test("outside a private channel gets none of its events", async () => {
    await ask("setChannel", { channel: "#sec-private", withApp: false });
    await ask("renameChannel", { as: "grace", channel: secret, name: "quiet" });
    await waitForDelivery();
    expect(events("group_rename")).toEqual([]);
  });

  test.each([
    [
      "channels:read",
      "channel_rename",
      () => ask("renameChannel", { as: "grace", channel: security, name: "x" }),
    ],
    ["groups:read", "group_archive", () => ask("archiveChannel", { as: "grace", channel: secret })],
    ["channels:history", "message", () => say("x")],
    ["groups:history", "message", () => say("x", secret, "ada")],
    ["im:history", "message", () => say("x", "@eve")],
    ["app_mentions:read", "app_mention", () => say("@Tocsin x")],
    ["users:read", "user_change", () => ask("setUser", { name: "eve", realName: "Eve" })],
    ["users:read", "team_join", () => ask("setUser", { name: "newcomer" })],
  ])("without the scope %s gets no %s", async (scope, type, act) => {
    await ask("setApp", { scopes: env.everyScope.filter((one) => one !== scope) });
    await act();
    await waitForDelivery();
    expect(events(type)).toEqual([]);
  });

  test("gets no event without a subscription", async () => {
    await ask("setApp", { events: ["app_home_opened"] });
    await say("@Tocsin x");
    await waitForDelivery();
    expect(envelopes().map(({ event }) => event.type)).toEqual(["app_home_opened"]);
  });
});

test("events about people include the email only with the scope for it", async () => {
  await ask("setUser", { name: "newcomer", realName: "New Comer" });
  expect((await waitForEvent("team_join")).user).toMatchObject({
    name: "newcomer",
    profile: { email: "newcomer@acme.example" },
  });
  await ask("setApp", { scopes: env.everyScope.filter((scope) => scope !== "users:read.email") });
  await ask("setUser", { name: "newcomer", deleted: true });
  const { user } = await waitForEvent("user_change");
  expect(user).toMatchObject({ deleted: true });
  expect(user.profile).not.toHaveProperty("email");
});

describe("a shared channel", () => {
  test("is marked in the event envelope, whose team_id is the author's workspace", async () => {
    await ask("setUser", { name: "partner", teamId: "T0PARTNER1" });
    await ask("shareChannel", { channel: security });
    expect(await waitForEvent("channel_shared")).toMatchObject({
      connected_team_id: "T0PARTNER1",
      channel: security,
    });
    await say("/invite @partner", security, "grace");
    await say("From outside", security, "partner");
    await waitForEvent("message");
    expect(events("message").at(-1)).toMatchObject({
      team_id: "T0PARTNER1",
      is_ext_shared_channel: true,
      context_team_id: "T0ACME0001",
      authorizations: [{ team_id: "T0ACME0001", is_enterprise_install: false }],
    });
    await ask("unshareChannel", { channel: security });
    expect(await waitForEvent("channel_unshared")).toMatchObject({
      previously_connected_team_id: "T0PARTNER1",
      is_ext_shared: false,
    });
  });

  test("gets a new ID if it is private", async () => {
    const { id } = await ask("shareChannel", { channel: secret });
    expect(await waitForEvent("channel_id_changed")).toMatchObject({
      old_channel_id: secret,
      new_channel_id: id,
    });
    expect(await env.call("chat.postMessage", { channel: secret, text: "x" })).toMatchObject({
      error: "channel_not_found",
    });
    expect(await env.call("chat.postMessage", { channel: id, text: "x" })).toMatchObject({ ok: true });
  });
});

test("an event envelope has one authorization and an event_context", async () => {
  await say("x");
  await waitForEvent("message");
  const [envelope] = events("message");
  expect(envelope).toMatchObject({
    team_id: "T0ACME0001",
    api_app_id: env.slack.app.appId,
    type: "event_callback",
    authorizations: [{ user_id: env.slack.app.botUserId, is_bot: true }],
    is_ext_shared_channel: false,
    context_team_id: "T0ACME0001",
  });
  expect(envelope.authorizations).toHaveLength(1);
  const [version, about] = envelope.event_context.split("-");
  expect(version).toBe("4");
  expect(JSON.parse(Buffer.from(about, "base64url").toString())).toEqual({
    et: "message",
    tid: "T0ACME0001",
    aid: env.slack.app.appId,
    cid: security,
  });
});

describe("an organisation", () => {
  beforeEach(async () => {
    await env.end();
    env = await subscribeToAll(await startWithApp({ shape: "organisation" }));
  });

  test("sends team access events without team_id and authorizations", async () => {
    expect(await ask("revokeTeam", { team: "ACME Europe" })).toEqual({ changed: true });
    expect(await waitForEvent("team_access_revoked")).toMatchObject({ team_ids: ["T0ACMEEUR1"] });
    const list = () => env.call("auth.teams.list").then(({ teams }) => Object(teams).length);
    expect(await list()).toBe(1);
    await ask("grantTeam", { team: "ACME Europe" });
    expect(await waitForEvent("team_access_granted")).toMatchObject({ team_ids: ["T0ACMEEUR1"] });
    expect(await list()).toBe(2);
    expect(await ask("grantTeam", { team: "ACME Europe" })).toEqual({ changed: false });
    for (const envelope of envelopes()) {
      expect(envelope.enterprise_id).toBe("E0ACME0001");
      expect(envelope).not.toHaveProperty("team_id");
      expect(envelope).not.toHaveProperty("authorizations");
    }
  });

  test("sends workspace events with both team_id and enterprise_id", async () => {
    await env.slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
    await waitForEvent("member_joined_channel");
    expect(events("member_joined_channel")[0]).toMatchObject({
      team_id: "T0ACME0001",
      enterprise_id: "E0ACME0001",
      authorizations: [{ team_id: null, enterprise_id: "E0ACME0001", is_enterprise_install: true }],
    });
  });
});
