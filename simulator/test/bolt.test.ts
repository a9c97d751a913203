import { setTimeout as sleep } from "node:timers/promises";
import { App, LogLevel } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startSimulator } from "../start.ts";
import type { Slack } from "../story/story.ts";
import { cardBlocks, commentModal } from "./fixtures/card-blocks.ts";
import { freePort } from "./fixtures/simulator-with-app.ts";

// Runs an app on Bolt, Slack's own framework, against the simulator.

const security = "C0SECURITY1";

async function startApp(slack: Slack, transport: "HTTP" | "Socket Mode"): Promise<App> {
  const { botToken: token, appToken, signingSecret } = slack.app;
  const common = { token, clientOptions: { slackApiUrl: slack.apiUrl }, logLevel: LogLevel.ERROR };
  if (transport === "Socket Mode") {
    await slack.ask("setApp", { socketMode: true });
    const app = new App({ ...common, appToken, socketMode: true });
    await app.start();
    return app;
  }
  const app = new App({ ...common, signingSecret });
  const port = await freePort();
  await app.start({ port, host: "127.0.0.1" });
  await slack.setRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  return app;
}

/** Restores the literal types that Bolt requires. */
const modalOf = (view: ReturnType<typeof commentModal>) => ({
  ...view,
  type: "modal" as const,
  title: { type: "plain_text" as const, text: view.title.text },
  submit: { type: "plain_text" as const, text: view.submit.text },
  close: { type: "plain_text" as const, text: view.close.text },
  blocks: view.blocks.map((block) => ({
    ...block,
    type: "input" as const,
    label: { type: "plain_text" as const, text: block.label.text },
    element: { ...block.element, type: "plain_text_input" as const },
  })),
});

describe.each(["HTTP", "Socket Mode"] as const)("Bolt over %s", (transport) => {
  let slack: Slack;
  let app: App;
  beforeEach(async () => {
    slack = await startSimulator({ rateLimits: false, eventRetriesMs: [1, 1, 1] });
    app = await startApp(slack, transport);
  });
  afterEach(async () => {
    await app.stop();
    // stop() resolves before the closing handshake has ended.
    await sleep(50);
    await slack.close();
  });

  const post = async () => {
    await app.client.chat.postMessage({ channel: security, text: "HIGH: x", blocks: cardBlocks() });
    return slack.channel("#security").expectCard("Impossible travel");
  };

  test("a select opens a dialog, which shows the app's error and closes once it is valid", async () => {
    app.action("status", async ({ ack, body, client }) => {
      await ack();
      if ("trigger_id" in body)
        await client.views.open({ trigger_id: body.trigger_id, view: modalOf(commentModal()) });
    });
    app.view("resolve", async ({ ack, view, client }) => {
      const { value } = view.state.values.comment?.text ?? {};
      if (!value) return ack({ response_action: "errors", errors: { comment: "Say what you found" } });
      await ack();
      await client.chat.postMessage({ channel: security, text: `Resolved: ${value}` });
    });
    const card = await post();
    await card.choose("Status", "Resolved", { as: "ada" });
    const open = await slack.dialogOf("ada");
    expect(await open.submit()).toBe("errors");
    expect(await open.errors()).toEqual({ "What did you find?": "Say what you found" });
    await open.fill("What did you find?", "VPN");
    expect(await open.submit()).toBe("closed");
    await slack.channel("#security").expectMessage("Resolved: VPN");
  });

  test("a slash command is answered privately", async () => {
    app.command("/tocsin", async ({ ack, command }) => ack(`You asked for ${command.text}`));
    await slack.channel("#security").say("/tocsin help", { as: "ada" });
    await slack.expectPrivately("ada", "You asked for help");
  });

  test("an answer to a response_url is visible to the acting person only", async () => {
    app.action("more", async ({ ack, respond }) => {
      await ack();
      await respond("Only for you");
    });
    await (await post()).menu("Unassign", { as: "grace" });
    await slack.expectPrivately("grace", "Only for you");
  });

  test("opening the home tab sends an event, and the app publishes the tab", async () => {
    app.event("app_home_opened", async ({ event, client }) => {
      const blocks = [
        { type: "section" as const, text: { type: "plain_text" as const, text: "Nothing open" } },
      ];
      await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
    });
    await slack.ask("openHome", { as: "ada" });
    const text = async () => JSON.stringify((await slack.ask("home", { as: "ada" })).blocks);
    await expect.poll(text).toContain("Nothing open");
  });

  test("the app answers a mention and a message shortcut", async () => {
    app.event("app_mention", async ({ event, client }) => {
      await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: "I am here" });
    });
    app.shortcut("add_to_alert", async ({ ack, shortcut, client }) => {
      await ack();
      if (shortcut.type === "message_action")
        await client.chat.postEphemeral({
          channel: security,
          user: shortcut.user.id,
          text: `Kept ${shortcut.message.text}`,
        });
    });
    await slack.channel("#security").say("@Tocsin are you there?", { as: "ada" });
    const posted = await slack.channel("#security").expectMessage("are you there?");
    await posted.expectReply("I am here");
    await slack.ask("useShortcut", {
      as: "ada",
      channel: security,
      ts: posted.ts,
      callbackId: "add_to_alert",
    });
    await slack.expectPrivately("ada", "Kept");
  });

  test("an app with channels:history gets new and edited messages of a channel", async () => {
    const { scopes } = await slack.ask("setApp", { events: ["message.channels"] });
    await slack.ask("setApp", { scopes: [...scopes, "channels:history"] });
    app.message("anybody", async ({ message, say }) => {
      if (message.subtype === undefined) await say({ text: "I have read it", thread_ts: message.ts });
    });
    app.event("message", async ({ event, client }) => {
      if (event.subtype === "message_changed")
        await client.chat.postMessage({ channel: event.channel, text: "I saw the change" });
    });
    await slack.channel("#security").say("Is anybody there?", { as: "eve" });
    const posted = await slack.channel("#security").expectMessage("anybody");
    await posted.expectReply("I have read it");
    await slack.ask("editMessage", { as: "eve", channel: security, ts: posted.ts, text: "Never mind" });
    await slack.channel("#security").expectMessage("I saw the change");
  });

  test("an external select in a message loads its options from the app", async () => {
    app.options("runbook", async ({ ack, payload }) => {
      const text = { type: "plain_text" as const, text: `About ${payload.value}` };
      await ack({ options: [{ text, value: "rb-7" }] });
    });
    app.action("runbook", async ({ ack, respond, action }) => {
      await ack();
      if (action.type === "external_select") await respond(`Taken: ${action.selected_option?.value}`);
    });
    const placeholder = { type: "plain_text" as const, text: "Runbook" };
    const element = { type: "external_select" as const, action_id: "runbook", placeholder };
    await app.client.chat.postMessage({
      channel: security,
      text: "Pick one",
      blocks: [{ type: "actions", elements: [element] }],
    });
    const [message] = await slack.channel("#security").messages();
    const card = await slack.channel("#security").expectMessage("");
    expect(message?.ts).toBe(card.ts);
    expect(await card.search("Runbook", "vpn", { as: "ada" })).toEqual(["About vpn"]);
    await card.choose("Runbook", "About vpn", { as: "ada" });
    await slack.expectPrivately("ada", "Taken: rb-7");
  });

  test("a person is notified if the app doesn't answer", async () => {
    await (await post()).choose("assign", "grace", { as: "ada" });
    await slack.expectPrivately("ada", "didn't respond", { timeoutMs: 6000 });
  });
});
