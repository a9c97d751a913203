import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Listening, listening } from "../fixtures/listening-app.ts";
import { security, setting } from "../fixtures/simulator-with-app.ts";

const secret = "C0SECPRIV01";
const random = "C0RANDOM001";
const grace = "U0GRACE001";

let here: Listening;
const ask: Listening["slack"]["ask"] = (verb, input) => here.slack.ask(verb, input);
const heard: Listening["heard"] = (...what) => here.heard(...what);
const say: Listening["say"] = (...what) => here.say(...what);
const events: Listening["events"] = (type) => here.events(type);
const envelopes = () => here.envelopes();
const settled = () => here.settled();
beforeEach(async () => {
  here = await listening(await setting());
});
afterEach(() => here.end());

const channelDeeds = [
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
  test.each(channelDeeds)("%s it is told", async (_deed, act, [what, fields], subtype) => {
    await act(id);
    const expected = JSON.parse(JSON.stringify(fields).replace("…", id));
    expect(await heard(`${prefix}_${what}`)).toMatchObject(expected);
    if (subtype) expect(await heard("message", subtype)).toMatchObject({ user: grace, channel: id });
  });

  test("bringing it back is told", async () => {
    await ask("archiveChannel", { as: "grace", channel: id });
    await ask("archiveChannel", { as: "grace", channel: id, archived: false });
    const by = prefix === "group" ? { actor_id: grace } : { user: grace };
    expect(await heard(`${prefix}_unarchive`)).toMatchObject({ channel: id, ...by });
  });

  test("the bot's own coming and going is told with who did it", async () => {
    await say("/remove @Tocsin", id, "grace");
    expect(await heard(`${prefix}_left`)).toMatchObject({ channel: id, actor_id: grace });
    expect(await heard("member_left_channel")).toMatchObject({ user: here.slack.app.botUserId, channel: id });
    await say("/invite @Tocsin", id, "grace");
    expect(await heard("member_joined_channel")).toMatchObject({
      user: here.slack.app.botUserId,
      channel_type: prefix === "group" ? "G" : "C",
      inviter: grace,
      team: "T0ACME0001",
    });
    expect(await heard("message", "channel_join")).toMatchObject({ inviter: grace });
  });

  test("messages in it are told under its kind", async () => {
    await say("Hello <there> @grace, see https://acme.example", id, "ada");
    expect(await heard("message")).toMatchObject({
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

describe("who hears", () => {
  test("public channels' changes are everybody's, what is said and who comes only for those in them", async () => {
    await say("Nothing", random);
    await say("/invite @eve", random, "grace");
    await ask("renameChannel", { as: "grace", channel: random, name: "chatter" });
    await heard("channel_rename");
    await settled();
    expect([events("message"), events("member_joined_channel")]).toEqual([[], []]);
  });

  test("private channels' changes are for those in them alone", async () => {
    await ask("setChannel", { channel: "#sec-private", withApp: false });
    await ask("renameChannel", { as: "grace", channel: secret, name: "quiet" });
    await settled();
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
  ])("without %s no %s", async (scope, type, act) => {
    await ask("setApp", { scopes: here.everyScope.filter((one) => one !== scope) });
    await act();
    await settled();
    expect(events(type)).toEqual([]);
  });

  test("without a subscription nothing", async () => {
    await ask("setApp", { events: ["app_home_opened"] });
    await say("@Tocsin x");
    await settled();
    expect(envelopes().map(({ event }) => event.type)).toEqual(["app_home_opened"]);
  });
});

test("people who join and who change are told with the e-mail only where that may be read", async () => {
  await ask("setUser", { name: "newcomer", realName: "New Comer" });
  expect((await heard("team_join")).user).toMatchObject({
    name: "newcomer",
    profile: { email: "newcomer@acme.example" },
  });
  await ask("setApp", { scopes: here.everyScope.filter((scope) => scope !== "users:read.email") });
  await ask("setUser", { name: "newcomer", deleted: true });
  const { user } = await heard("user_change");
  expect(user).toMatchObject({ deleted: true });
  expect(user.profile).not.toHaveProperty("email");
});

describe("a channel that is shared with another company", () => {
  test("says so in each envelope, which comes from the workspace of whoever wrote", async () => {
    await ask("setUser", { name: "partner", teamId: "T0PARTNER1" });
    await ask("shareChannel", { channel: security });
    expect(await heard("channel_shared")).toMatchObject({
      connected_team_id: "T0PARTNER1",
      channel: security,
    });
    await say("/invite @partner", security, "grace");
    await say("From outside", security, "partner");
    await heard("message");
    expect(events("message").at(-1)).toMatchObject({
      team_id: "T0PARTNER1",
      is_ext_shared_channel: true,
      context_team_id: "T0ACME0001",
      authorizations: [{ team_id: "T0ACME0001", is_enterprise_install: false }],
    });
    await ask("unshareChannel", { channel: security });
    expect(await heard("channel_unshared")).toMatchObject({
      previously_connected_team_id: "T0PARTNER1",
      is_ext_shared: false,
    });
  });

  test("has another id from then on when it is private", async () => {
    const { id } = await ask("shareChannel", { channel: secret });
    expect(await heard("channel_id_changed")).toMatchObject({ old_channel_id: secret, new_channel_id: id });
    expect(await here.call("chat.postMessage", { channel: secret, text: "x" })).toMatchObject({
      error: "channel_not_found",
    });
    expect(await here.call("chat.postMessage", { channel: id, text: "x" })).toMatchObject({ ok: true });
  });
});

test("the envelope names one authorization and what it is about", async () => {
  await say("x");
  await heard("message");
  const [envelope] = events("message");
  expect(envelope).toMatchObject({
    team_id: "T0ACME0001",
    api_app_id: here.slack.app.appId,
    type: "event_callback",
    authorizations: [{ user_id: here.slack.app.botUserId, is_bot: true }],
    is_ext_shared_channel: false,
    context_team_id: "T0ACME0001",
  });
  expect(envelope.authorizations).toHaveLength(1);
  const [version, about] = envelope.event_context.split("-");
  expect(version).toBe("4");
  expect(JSON.parse(Buffer.from(about, "base64url").toString())).toEqual({
    et: "message",
    tid: "T0ACME0001",
    aid: here.slack.app.appId,
    cid: security,
  });
});

describe("an organisation", () => {
  beforeEach(async () => {
    await here.end();
    here = await listening(await setting({ shape: "organisation" }));
  });

  test("gives an app a workspace and takes it away: told once, of no workspace, by nobody's authorization", async () => {
    expect(await ask("revokeTeam", { team: "ACME Europe" })).toEqual({ changed: true });
    expect(await heard("team_access_revoked")).toMatchObject({ team_ids: ["T0ACMEEUR1"] });
    const list = () => here.call("auth.teams.list").then(({ teams }) => Object(teams).length);
    expect(await list()).toBe(1);
    await ask("grantTeam", { team: "ACME Europe" });
    expect(await heard("team_access_granted")).toMatchObject({ team_ids: ["T0ACMEEUR1"] });
    expect(await list()).toBe(2);
    expect(await ask("grantTeam", { team: "ACME Europe" })).toEqual({ changed: false });
    for (const envelope of envelopes()) {
      expect(envelope.enterprise_id).toBe("E0ACME0001");
      expect(envelope).not.toHaveProperty("team_id");
      expect(envelope).not.toHaveProperty("authorizations");
    }
  });

  test("has its apps told what happens in a workspace with both names", async () => {
    await here.slack.channel("#random").say("/invite @Tocsin", { as: "grace" });
    await heard("member_joined_channel");
    expect(events("member_joined_channel")[0]).toMatchObject({
      team_id: "T0ACME0001",
      enterprise_id: "E0ACME0001",
      authorizations: [{ team_id: null, enterprise_id: "E0ACME0001", is_enterprise_install: true }],
    });
  });
});
