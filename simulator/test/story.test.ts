import { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, test } from "vitest";
import { startSimulator } from "../start.ts";
import type { Slack } from "../story/story.ts";
import { cardBlocks, commentModal } from "./card-blocks.ts";
import { type LittleApp, littleApp } from "./little-app.ts";

let slack: Slack;
let app: LittleApp;
let client: WebClient;

beforeEach(async () => {
  app = await littleApp();
  slack = await startSimulator({ requestUrl: app.url, rateLimits: false });
  client = new WebClient(slack.app.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
});

afterEach(async () => {
  await slack.close();
  app.close();
});

const post = (more: object = {}) =>
  client.apiCall("chat.postMessage", {
    channel: "C0SECURITY1",
    text: "HIGH: Impossible travel (#1, open)",
    blocks: cardBlocks(),
    ...more,
  });

test("a card is found by its title, resolved through a dialog, and says so", async () => {
  app.answerWith(async ({ payload }) => {
    const { type, trigger_id } = Object(payload);
    if (type === "block_actions") await client.apiCall("views.open", { trigger_id, view: commentModal() });
    if (type !== "view_submission") return {};
    const comment = Object(payload).view.state.values.comment.text.value;
    const { channel, ts } = Object(await post({ text: "other" }));
    await client.apiCall("chat.delete", { channel, ts });
    const [card] = await slack.channel("#security").messages();
    await client.apiCall("chat.update", {
      channel: "C0SECURITY1",
      ts: card?.ts,
      text: "Resolved",
      blocks: cardBlocks({ status: "RESOLVED", note: "Resolved by Ada", controls: "controls:2" }),
    });
    await post({ thread_ts: card?.ts, blocks: undefined, text: `Ada resolved the alert: ${comment}` });
    return {};
  });
  await post();
  const card = await slack.channel("#security").expectCard("Impossible travel");
  await card.choose("Status", "Resolved", { as: "ada", comment: "VPN" });
  await card.expectText("Resolved by Ada");
  await card.expectReply("Ada resolved the alert: VPN");
  await slack.expectNothingUnexpected();
});
