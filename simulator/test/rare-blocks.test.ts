import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkBlocks, checkHome, checkModal } from "../block-kit/check.ts";
import { everyBlock } from "./fixtures/every-block.ts";
import { type SimulatorWithApp, security, startWithApp } from "./fixtures/simulator-with-app.ts";

const { message, modal } = everyBlock;
const plain = (text: string) => ({ type: "plain_text", text });

describe("checkBlocks", () => {
  const errorsOf = (blocks: unknown[]) => {
    const checked = checkBlocks(blocks);
    return checked.ok ? [] : checked.messages;
  };
  const actions = (element: object) => [{ type: "actions", elements: [element] }];
  const table = { type: "table", rows: [[{ type: "raw_text", text: "x" }]] };
  const number = (more: object) => ({
    type: "input",
    label: plain("How many"),
    element: { type: "number_input", is_decimal_allowed: true, ...more },
  });

  test.each([
    ["a date in words", actions({ type: "datepicker", initial_date: "today" }), "YYYY-MM-DD"],
    ["the hour 25", actions({ type: "timepicker", initial_time: "25:00" }), "HH:mm"],
    [
      "a datetime in milliseconds",
      actions({ type: "datetimepicker", initial_date_time: 1e12 }),
      "must be less",
    ],
    ["an input element in an actions block", actions({ type: "email_text_input" }), "unsupported type"],
    ["a second table", [table, table], "only_one_table_allowed"],
    ["an alert in a message", [{ type: "alert", text: plain("x") }], "unsupported type"],
    ["an image without a source", [{ type: "image", alt_text: "x" }], "either image_url or slack_file"],
    ["a range with min_value above max_value", [number({ min_value: "2", max_value: "1" })], "min_value"],
    ["an initial number out of range", [number({ min_value: "2", initial_value: "1" })], "between"],
    [
      "Markdown above the maximum length",
      ["x", "y"].map((one) => ({ type: "markdown", text: one.repeat(6001) })),
      "12001",
    ],
  ])("refuses %s", (_what, blocks, message) => {
    expect(errorsOf(blocks)).toEqual([expect.stringContaining(message)]);
  });

  test("accepts Markdown and tables in messages only", () => {
    const blocks = [{ type: "markdown", text: "x" }];
    expect(checkBlocks(message)).toMatchObject({ ok: true });
    expect(checkModal(modal)).toMatchObject({ ok: true });
    expect(checkHome({ type: "home", blocks })).toMatchObject({ ok: false });
    expect(checkModal({ ...modal, blocks: [...modal.blocks, table] })).toMatchObject({ ok: false });
  });
});

describe("rare blocks", () => {
  let env: SimulatorWithApp;
  beforeEach(async () => {
    env = await startWithApp();
  });
  afterEach(() => env.end());
  const payload = () => Object(env.app.received.at(-1)?.payload);

  test("report date, time and datetime, and the state of the other pickers", async () => {
    await env.call("chat.postMessage", { channel: security, text: "Rare", blocks: message });
    const card = await env.slack.channel("#security").expectMessage("What happened");
    await card.choose("day", "2026-12-01", { as: "ada" });
    expect(payload().actions).toMatchObject([
      { type: "datepicker", selected_date: "2026-12-01", initial_date: "2026-11-27" },
    ]);
    expect(payload().state.values.pickers).toMatchObject({
      day: { type: "datepicker", selected_date: "2026-12-01" },
      hour: { type: "timepicker", selected_time: "14:05" },
      moment: { type: "datetimepicker", selected_date_time: 1_795_600_000 },
      channels: { type: "multi_channels_select", selected_channels: [] },
    });
    await card.choose("moment", "1795600600", { as: "ada" });
    expect(payload().actions).toMatchObject([{ selected_date_time: 1_795_600_600 }]);
    expect(await card.text()).toContain("Address | Sign-ins");
  });

  test("show client-side errors in a dialog before it is sent to the app", async () => {
    const button = { type: "button", action_id: "open", text: plain("Open") };
    const blocks = [{ type: "actions", elements: [button] }];
    await env.call("chat.postMessage", { channel: security, text: "x", blocks });
    await (await env.slack.channel("#security").expectMessage("Open")).press("Open", { as: "ada" });
    await env.call("views.open", { trigger_id: payload().trigger_id, view: modal });
    const dialog = await env.slack.dialogOf("ada");
    const before = env.app.received.length;
    await dialog.fill("email text input", "eve");
    await dialog.fill("url text input", "acme");
    await dialog.fill("number input", "11");
    await dialog.fill("datepicker", "2026-12-01");
    expect(await dialog.submit()).toBe("errors");
    expect(await dialog.errors()).toEqual({
      "email text input": "Please enter a valid email address.",
      "url text input": "Please enter a valid URL.",
      "number input": "Please enter a number of at most 10.",
      "radio buttons": "Please complete this required field.",
    });
    expect(env.app.received).toHaveLength(before);
    await dialog.fill("email text input", "eve@acme.example");
    await dialog.fill("url text input", "https://acme.example/");
    await dialog.fill("number input", "3");
    await dialog.fill("radio buttons", "VPN");
    expect(await dialog.submit()).toBe("closed");
    const values = Object.entries(payload().view.state.values).map(([id, value]) => [id, Object(value).a]);
    expect(Object.fromEntries(values)).toMatchObject({
      email_text_input: { type: "email_text_input", value: "eve@acme.example" },
      number_input: { type: "number_input", value: "3" },
      rich_text_input: { rich_text_value: { type: "rich_text", elements: [{}, { style: "bullet" }] } },
      datepicker: { selected_date: "2026-12-01" },
      timepicker: { selected_time: "09:00" },
      datetimepicker: { selected_date_time: null },
      radio_buttons: { selected_option: { value: "vpn" } },
      checkboxes: { selected_options: [] },
    });
  });

  test("in an attachment send actions with the attachment as container", async () => {
    const button = { type: "button", action_id: "ack", text: plain("Take") };
    const attachments = [
      { color: "danger", title: "Disk full", fields: [{ title: "Host", value: "db-1" }] },
      { blocks: [{ type: "actions", block_id: "within", elements: [button] }] },
    ];
    await env.call("chat.postMessage", { channel: security, attachments });
    const card = await env.slack.channel("#security").expectMessage("Disk full");
    expect(await card.text()).toContain("Host\ndb-1");
    await card.press("Take", { as: "ada" });
    expect(payload()).toMatchObject({
      container: { type: "message_attachment", attachment_id: 2, message_ts: card.ts },
      actions: [{ action_id: "ack", block_id: "within" }],
    });
  });
});
