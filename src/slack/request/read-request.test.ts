import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeControlsId } from "../../interact/card-ref.ts";
import { readRequest } from "./read-request.ts";

const form = "application/x-www-form-urlencoded";
const alertId = "0199f3c2-7a10-7c1e-9f0b-5a1d2c3b4e5f";
const on = { alertId, version: 3 };
const ada = { id: "U0ADA", team_id: "T0ACME" };

const click = {
  type: "block_actions",
  user: ada,
  team: { id: "T0ACME", domain: "acme" },
  enterprise: null,
  trigger_id: "13345224609.738474920.8088930838d88f008e0",
  response_url: "https://hooks.slack.example/actions/T0ACME/1/x",
  container: { type: "message", message_ts: "1795611720.000100", channel_id: "C0SECURITY1" },
  channel: { id: "C0SECURITY1", name: "security" },
};

function send(payload: object, contentType = form) {
  return readRequest(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), contentType);
}

function actionOf(actionId: string, rest: object) {
  const action = { action_id: actionId, block_id: writeControlsId(on, 2), ...rest };
  const request = send({ ...click, actions: [action] });
  return request.type === "block_actions" ? request.action : request;
}

describe("a click on a card", () => {
  test("carries person, place and alert", () => {
    const request = send({
      ...click,
      actions: [
        { action_id: "status", block_id: writeControlsId(on, 0), selected_option: { value: "TRIAGED" } },
      ],
    });
    expect(request).toEqual({
      type: "block_actions",
      dedupeId: click.trigger_id,
      triggerId: click.trigger_id,
      responseUrl: click.response_url,
      userId: "U0ADA",
      userTeamId: "T0ACME",
      teamId: "T0ACME",
      enterpriseId: null,
      orgInstall: false,
      channelId: "C0SECURITY1",
      messageTs: "1795611720.000100",
      ephemeral: false,
      view: null,
      action: { id: "status", blockId: writeControlsId(on, 0), value: "TRIAGED" },
    });
  });

  test.each([
    [{ selected_user: "U0GRACE" }, "U0GRACE"],
    [{ selected_user: null }, null],
    [{ selected_option: { value: "CLOSED" } }, "CLOSED"],
    [{ selected_option: null }, null],
    [{ value: "2" }, "2"],
    [{}, null],
  ])("with %o has the value %s", (rest, value) => {
    expect(actionOf("id", rest)).toEqual({ id: "id", blockId: writeControlsId(on, 2), value });
  });

  test("takes the person's team if an organisation's installation sends none", () => {
    const request = send({
      ...click,
      team: null,
      enterprise: { id: "E0ACME", name: "Acme" },
      is_enterprise_install: true,
      actions: [{ action_id: "view", block_id: "x" }],
    });
    expect(request).toMatchObject({ teamId: "T0ACME", enterpriseId: "E0ACME", orgInstall: true });
  });

  test("keeps the team of a person from another company apart", () => {
    const request = send({
      type: "view_submission",
      user: { id: "U0MALLORY", team_id: "T0OTHER" },
      team: { id: "T0OTHER" },
      trigger_id: "1.2.3",
      view: { id: "V1", callback_id: "close", app_installed_team_id: "T0ACME" },
    });
    expect(request).toMatchObject({ teamId: "T0ACME", userTeamId: "T0OTHER" });
  });
});

test("a submission carries the dialog's memory and inputs", () => {
  const memory = { dialog: "close", ...on, channel: "C0SECURITY1", ts: "1.2", to: "RESOLVED" } as const;
  const request = send({
    type: "view_submission",
    user: ada,
    team: { id: "T0ACME" },
    trigger_id: "1.2.3",
    view: {
      id: "V1",
      callback_id: "close",
      private_metadata: JSON.stringify(memory),
      state: {
        values: { comment: { text: { type: "plain_text_input", value: "VPN" } }, b: { a: { value: null } } },
      },
    },
  });
  const values = { comment: { text: "VPN" }, b: { a: null } };
  expect(request).toMatchObject({ type: "view_submission", callbackId: "close", memory, values });
});

const posted = (metadata: object) => ({
  type: "message_metadata_posted",
  app_id: "A1",
  channel_id: "C1",
  message_ts: "1.2",
  metadata,
});

describe("an event", () => {
  const send = (event: object, more = {}) =>
    readRequest(
      JSON.stringify({ type: "event_callback", event_id: "Ev1", team_id: "T0ACME", event, ...more }),
      "application/json; charset=utf-8",
    );

  test.each([
    [{ type: "app_uninstalled" }, { type: "app_uninstalled" }],
    [
      { type: "tokens_revoked", tokens: { oauth: [], bot: ["U0BOT"] } },
      { type: "tokens_revoked", botUserIds: ["U0BOT"] },
    ],
    [
      { type: "member_joined_channel", user: "U0BOT", channel: "C1" },
      { type: "member_joined_channel", channelId: "C1", userId: "U0BOT" },
    ],
    [
      { type: "group_left", channel: "G1" },
      { type: "member_left_channel", channelId: "G1", userId: null },
    ],
    [
      { type: "channel_archive", channel: "C1", user: "U1" },
      { type: "channel_archived", channelId: "C1" },
    ],
    [
      { type: "group_unarchive", channel: "G1" },
      { type: "channel_unarchived", channelId: "G1" },
    ],
    [
      { type: "channel_rename", channel: { id: "C1", name: "soc", created: 1 } },
      { type: "channel_renamed", channelId: "C1", name: "soc" },
    ],
    [
      { type: "channel_id_changed", old_channel_id: "G1", new_channel_id: "C1" },
      { type: "channel_id_changed", channelId: "G1", to: "C1" },
    ],
    [
      { type: "team_access_revoked", team_ids: ["T1"] },
      { type: "team_access", granted: false, teamIds: ["T1"] },
    ],
    [
      posted({ event_type: "tocsin_card", event_payload: { delivery: alertId } }),
      { type: "card_posted", appId: "A1", channelId: "C1", ts: "1.2", deliveryId: alertId },
    ],
    [
      posted({ event_type: "tocsin_card", event_payload: { delivery: "x" } }),
      { type: "other", name: "message_metadata_posted" },
    ],
    [
      { type: "reaction_added", user: "U1" },
      { type: "other", name: "reaction_added" },
    ],
  ])("%o is read", (event, expected) => {
    expect(send(event)).toMatchObject({ dedupeId: "Ev1", teamId: "T0ACME", event: expected });
  });

  test("in a shared channel belongs to the authorized workspace, not the author's", () => {
    const authorizations = [{ team_id: "T0ACME", enterprise_id: null, is_enterprise_install: false }];
    const request = send(
      { type: "app_mention" },
      { team_id: "T0OTHER", enterprise_id: "E0OTHER", authorizations },
    );
    expect(request).toMatchObject({ teamId: "T0ACME", enterpriseId: null, orgInstall: false });
  });
});

test.each([
  ["url_verification", '{"type":"url_verification","token":"x","challenge":"c"}', "application/json"],
  ["ssl_check", "ssl_check=1&token=x", form],
  ["slash_command", "command=%2Ftocsin&text=hi&user_id=U1&team_id=T1&channel_id=C1&trigger_id=1.2.3", form],
  ["unknown", '{"type":"app_rate_limited","minute_rate_limited":1}', "application/json"],
  ["malformed", "{", "application/json"],
  ["malformed", "payload=", form],
  ["malformed", "payload=%7B%22type%22%3A%22block_actions%22%7D", form],
  ["malformed", "[]", "text/plain"],
])("a request of type %s is read: %s", (type, body, contentType) => {
  expect(readRequest(body, contentType).type).toBe(type);
  expect(readRequest(body, `${contentType}; charset=UTF-8`).type).toBe(type);
});

test("readRequest never throws, for any body and content type", () => {
  const types = fc.constantFrom(form, "application/json", "multipart/form-data", undefined);
  const names = fc.constantFrom(
    "block_actions",
    "view_submission",
    "view_closed",
    "event_callback",
    "toString",
  );
  const any = fc.anything({ maxDepth: 2, maxKeys: 3 });
  const rubbish = fc.record({
    type: names,
    user: any,
    view: any,
    actions: any,
  });
  const bodies = fc.oneof(
    fc.array(fc.nat({ max: 0x10ffff })).map((codes) => String.fromCodePoint(...codes)),
    fc.json({ maxDepth: 3 }),
    rubbish.map((value) => JSON.stringify(value) ?? ""),
    fc.json({ maxDepth: 3 }).map((json) => `payload=${encodeURIComponent(json)}`),
    rubbish.map((value) => `payload=${encodeURIComponent(JSON.stringify(value) ?? "")}`),
    fc.constant(`{"a":${"[".repeat(5_000)}`),
  );
  fc.assert(
    fc.property(bodies, types, (body, type) => {
      expect(readRequest(body, type)).toHaveProperty("type");
    }),
    { numRuns: 500 },
  );
});

test("a NUL in a form is replaced", () => {
  const request = readRequest(
    "command=%2Ftocsin&text=a%00b&user_id=U1&team_id=T1&channel_id=C1&trigger_id=1.2.3",
    form,
  );
  expect(request).toMatchObject({ type: "slash_command", text: "a\ufffdb" });
});
