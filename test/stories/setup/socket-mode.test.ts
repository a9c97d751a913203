import { afterAll, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory({ transport: "socket" });
});
afterAll(() => story.close());

const socket = async () => (await story.api("GET", "/slack/app")).body.socket;
const until = (kind: string) => expect.poll(socket, { timeout: 10_000 }).toMatchObject({ kind });

test("Tocsin shows whether Socket Mode is connected, and the reason if it is not", async () => {
  await until("connected");
  await story.slack.ask("setApp", { socketMode: false });
  await expect.poll(socket, { timeout: 10_000 }).toMatchObject({
    kind: "connecting",
    fault: "link_disabled",
    remedy: expect.stringMatching(/turned off/),
  });
  await story.slack.ask("setApp", { socketMode: true });
  // Saving the form again connects at once, instead of within the minute.
  await story.api("PUT", "/slack/app", { mode: "socket" });
  await until("connected");
});

test("an app that switches to HTTP and back keeps receiving clicks", async () => {
  await story.send({ title: "Moved about", severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard("Moved about");
  await story.slack.ask("setApp", { socketMode: false });
  const { signingSecret } = story.slack.app;
  await story.api("PUT", "/slack/app", { mode: "http", signingSecret });
  await until("off");
  await card.choose("Status", "Triaged", { as: "ada" });
  await card.expectReply("Ada triaged the alert");
  await story.slack.ask("setApp", { socketMode: true });
  await story.api("PUT", "/slack/app", { mode: "socket" });
  await until("connected");
  await card.choose("Status", "Resolved", { as: "grace", comment: "VPN" });
  await card.expectReply("Grace resolved the alert: VPN");
});

test("an App-Level Token that Slack refuses is refused at its field, and nothing changes", async () => {
  const refused = await story.api("PUT", "/slack/app", { mode: "socket", appToken: "xapp-1-A0-0-wrong" });
  expect(refused).toMatchObject({
    status: 400,
    body: { errors: [{ field: "appToken", detail: expect.stringMatching(/doesn't know this App-Level/) }] },
  });
  await until("connected");
});
