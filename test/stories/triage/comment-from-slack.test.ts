import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { mirrorThreads, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const security = () => story.slack.channel("#security");
const bodies = async (id: string) =>
  (await story.api("GET", `/alert-comments?alertId=${id}`)).body.results.map(
    ({ body, author }: { body: string; author: { name: string } }) => `${author.name}: ${body}`,
  );

async function report(title: string) {
  const { body } = await story.send({ title, severity: "HIGH" });
  const { alertId, number } = body.results[0];
  const card = await security().expectCard(title);
  return { id: String(alertId), number: Number(number), card };
}

/** The ts of what a person wrote in a channel, or in a thread of it. */
async function written(channel: string, text: string, thread?: string): Promise<string> {
  const all = await story.slack.ask("messages", { channel, ...(thread && { thread }) });
  const found = all.find((message) => message.text.includes(text));
  if (!found) throw new Error(`nobody wrote "${text}"`);
  return found.ts;
}

const addToAlert = (as: string, channel: string, ts: string) =>
  story.slack.ask("useShortcut", { as, channel, ts, callbackId: "add_to_alert" });

test("calling the bot below a card makes a comment, and only who called is told so", async () => {
  const { id, number, card } = await report("Called");
  await security().say("@Tocsin it was the VPN", { as: "ada", thread: card.ts });
  await expect.poll(() => bodies(id)).toEqual(["Ada: it was the VPN"]);
  await story.slack.expectPrivately("ada", `Kept as a comment of #${number}.`);
  expect((await card.replies()).join()).not.toContain("commented");
});

test("whoever may not change the alert is told why, and nothing is kept", async () => {
  const { id, card } = await report("Called by Mallory");
  await security().say("@Tocsin close this", { as: "mallory", thread: card.ts });
  await story.slack.expectPrivately("mallory", "Tocsin user has the email mallory@acme.example");
  expect(await bodies(id)).toEqual([]);
});

test("called anywhere else the bot says where it listens, and keeps nothing", async () => {
  await security().say("@Tocsin hello there", { as: "grace" });
  await story.slack.expectPrivately("grace", "Mention me in the thread below an alert's card");
  const { rows } = await story.tocsin.db.pool.query(
    "select 1 from slack_inbox where payload::text ~ 'hello there'",
  );
  expect(rows).toEqual([]);
});

test("Add to alert keeps a message of the thread with that alert, once", async () => {
  const { id, number, card } = await report("Added below");
  await security().say("I was in Lisbon", { as: "eve", thread: card.ts });
  const ts = await written("#security", "Lisbon", card.ts);
  await addToAlert("ada", card.channel, ts);
  await expect.poll(() => bodies(id)).toEqual(["Ada: Eve Adler (not a Tocsin user) wrote: I was in Lisbon"]);
  await story.slack.expectPrivately("ada", `Kept as a comment of #${number}.`);
  await addToAlert("grace", card.channel, ts);
  await story.slack.expectPrivately("grace", `This is kept already as a comment of #${number}.`);
  expect(await bodies(id)).toHaveLength(1);
});

test("elsewhere a dialog asks for the number, and says when there is no such alert", async () => {
  const { id, number, card } = await report("Added from afar");
  await story.slack.channel("#platform").say("The proxy was <b>down</b> @here", { as: "grace" });
  const ts = await written("#platform", "proxy");
  await addToAlert("ada", "#platform", ts);
  const dialog = await story.slack.dialogOf("ada", { titled: "Add to alert" });
  expect(await dialog.text()).toContain("Grace wrote: The proxy was <b>down</b> @here");
  await dialog.fill("Number of the alert", "#99999");
  expect(await dialog.submit()).toBe("errors");
  expect(await dialog.errors()).toEqual({ "Number of the alert": "There is no alert #99999." });
  await dialog.fill("Number of the alert", `#${number}`);
  expect(await dialog.submit()).toBe("closed");
  await expect.poll(() => bodies(id)).toEqual(["Ada: Grace wrote: The proxy was <b>down</b> @here"]);
  await card.expectReply("Ada commented: Grace wrote: The proxy was <b>down</b> @here");
});

test("Eve can't add anything", async () => {
  const { id, card } = await report("Not for Eve");
  await security().say("Mine", { as: "eve", thread: card.ts });
  await addToAlert("eve", card.channel, await written("#security", "Mine", card.ts));
  await story.slack.expectPrivately("eve", "Tocsin user has the email eve@acme.example");
  expect(await bodies(id)).toEqual([]);
});

test("with the mirror on, a call and the message itself are one comment", async () => {
  const { id, number, card } = await report("Both");
  await mirrorThreads(story);
  await card.expectText("Replies here are kept in Tocsin");
  await security().say("@Tocsin just once", { as: "ada", thread: card.ts });
  await story.slack.expectPrivately("ada", `Kept as a comment of #${number}.`);
  await security().say("and this", { as: "ada", thread: card.ts });
  await expect.poll(() => bodies(id)).toEqual(["Ada: just once", "Ada: and this"]);
  await story.api("PUT", "/slack/app", { mode: "http", threadMirror: false });
  await expect.poll(() => card.text()).not.toContain("Replies here are kept");
});
