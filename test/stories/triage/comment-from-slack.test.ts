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

/** The ts of the message with this text in a channel, or in one of its threads. */
async function findMessageTs(channel: string, text: string, thread?: string): Promise<string> {
  const all = await story.slack.ask("messages", { channel, ...(thread && { thread }) });
  const found = all.find((message) => message.text.includes(text));
  if (!found) throw new Error(`There is no message "${text}".`);
  return found.ts;
}

const addToAlert = (as: string, channel: string, ts: string) =>
  story.slack.ask("useShortcut", { as, channel, ts, callbackId: "add_to_alert" });

test("a mention of the bot in a thread makes a comment, which only its author is told", async () => {
  const { id, number, card } = await report("Mentioned");
  await security().say("@Tocsin it was the VPN", { as: "ada", thread: card.ts });
  await expect.poll(() => bodies(id)).toEqual(["Ada: it was the VPN"]);
  await story.slack.expectPrivately("ada", `Added as a comment to #${number}.`);
  expect((await card.replies()).join()).not.toContain("commented");
});

test("a mention by a person who can't change the alert is refused with the reason", async () => {
  const { id, card } = await report("Mentioned by Mallory");
  await security().say("@Tocsin close this", { as: "mallory", thread: card.ts });
  await story.slack.expectPrivately("mallory", "Tocsin user has the email mallory@acme.example");
  expect(await bodies(id)).toEqual([]);
});

test("a mention outside a card's thread is answered with where to mention the bot", async () => {
  await security().say("@Tocsin hello there", { as: "grace" });
  await story.slack.expectPrivately("grace", "Mention me in such a thread");
  const { rows } = await story.tocsin.db.pool.query(
    "select 1 from slack_inbox where payload::text ~ 'hello there'",
  );
  expect(rows).toEqual([]);
});

test("Add to alert on a message in a thread makes one comment of that alert", async () => {
  const { id, number, card } = await report("Added below");
  await security().say("I was in Lisbon", { as: "eve", thread: card.ts });
  const ts = await findMessageTs("#security", "Lisbon", card.ts);
  await addToAlert("ada", card.channel, ts);
  await expect.poll(() => bodies(id)).toEqual(["Ada: Eve Adler (not a Tocsin user) wrote: I was in Lisbon"]);
  await story.slack.expectPrivately("ada", `Added as a comment to #${number}.`);
  await addToAlert("grace", card.channel, ts);
  await story.slack.expectPrivately("grace", `This is already a comment on #${number}.`);
  expect(await bodies(id)).toHaveLength(1);
});

test("Add to alert elsewhere asks for the alert's number and refuses an unknown one", async () => {
  const { id, number, card } = await report("Added from afar");
  await story.slack.channel("#platform").say("The proxy was <b>down</b> @here", { as: "grace" });
  const ts = await findMessageTs("#platform", "proxy");
  await addToAlert("ada", "#platform", ts);
  const dialog = await story.slack.dialogOf("ada", { titled: "Add to alert" });
  expect(await dialog.text()).toContain("Grace wrote: The proxy was <b>down</b> @here");
  await dialog.fill("Alert number", "#99999");
  expect(await dialog.submit()).toBe("errors");
  expect(await dialog.errors()).toEqual({ "Alert number": "There is no alert #99999." });
  await dialog.fill("Alert number", `#${number}`);
  expect(await dialog.submit()).toBe("closed");
  await expect.poll(() => bodies(id)).toEqual(["Ada: Grace wrote: The proxy was <b>down</b> @here"]);
  await card.expectReply("Ada commented: Grace wrote: The proxy was <b>down</b> @here");
});

test("a person without a Tocsin user can't add a message to an alert", async () => {
  const { id, card } = await report("Not for Eve");
  await security().say("Mine", { as: "eve", thread: card.ts });
  await addToAlert("eve", card.channel, await findMessageTs("#security", "Mine", card.ts));
  await story.slack.expectPrivately("eve", "Tocsin user has the email eve@acme.example");
  expect(await bodies(id)).toEqual([]);
});

test("a mention makes one comment when the thread mirror is on", async () => {
  const { id, number, card } = await report("Both");
  await mirrorThreads(story);
  // Cards that nobody has touched are drawn again only after fewer than three edits in ten seconds.
  await story.pass("11 seconds");
  await card.expectText("Replies here are kept in Tocsin");
  await security().say("@Tocsin just once", { as: "ada", thread: card.ts });
  await story.slack.expectPrivately("ada", `Added as a comment to #${number}.`);
  await security().say("and this", { as: "ada", thread: card.ts });
  await expect.poll(() => bodies(id)).toEqual(["Ada: just once", "Ada: and this"]);
  await story.api("PUT", "/slack/app", { mode: "http", threadMirror: false });
  await story.pass("11 seconds");
  await expect.poll(() => card.text()).not.toContain("Replies here are kept");
});
