import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { sendEvent } from "../../signed-requests.ts";
import { created, mirrorThreads, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
  await mirrorThreads(story);
  const filters = { severities: ["HIGH"], alertTypes: ["RULE"], logTypes: [], timezone: "UTC" };
  await created(
    story.api("POST", "/destinations", {
      type: "slack-bot",
      displayName: "Platform",
      channel: "#platform",
      ...filters,
    }),
  );
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

/** What Slack would mention, link or format: brackets in text, and types of block elements. */
const live = /<[!@#]|<https?:|<mailto:|"type":"(?:broadcast|user|usergroup|channel|link|emoji|mrkdwn)"/;

async function report(title: string) {
  const { body } = await story.send({ title, severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard(title);
  const other = await story.slack.channel("#platform").expectCard(title);
  return { id: String(body.results[0].alertId), card, other };
}

const bodies = async (id: string): Promise<string[]> =>
  (await story.api("GET", `/alert-comments?alertId=${id}`)).body.results.map(
    ({ body }: { body: string }) => body,
  );

/** What the app posted into a thread about this, as Slack received it. */
async function postedInto(other: { channel: string; ts: string }, about: string): Promise<string> {
  const all = await story.slack.ask("messages", { channel: other.channel, thread: other.ts });
  const found = all.filter(({ ts, text }) => ts !== other.ts && text.includes(about));
  const types = found.map(({ blocks }) => JSON.stringify(blocks).match(/"type":"\w+"/g));
  return [...found.map(({ text }) => text), ...types].join();
}

test.each([
  ["a mention", "look <!channel> <!here> <@U0GRACE001> <!subteam^S012|@secops>", "look @channel @here"],
  [
    "a link",
    "look <https://evil.example/x|https://acme.example>",
    "https://acme.example (https://evil.example/x)",
  ],
  ["mrkdwn", "look *bold* _it_ ~no~ `code` ```block``` &gt; quote", "look *bold* _it_ ~no~ `code`"],
  [
    "HTML",
    "look &lt;img src=x onerror=alert(1)&gt; &lt;/script&gt;",
    "look <img src=x onerror=alert(1)> </script>",
  ],
  ["a double escape", "look &amp;lt;!channel&amp;gt;", "look &lt;!channel&gt;"],
])("%s in a thread is plain text in Tocsin and in the threads of other cards", async (name, text, kept) => {
  const { id, card, other } = await report(`Hostile ${name}`);
  const message = { type: "message", channel: card.channel, user: story.slack.users.ada.id, text };
  expect(await sendEvent(story, { ...message, ts: "1795611720.000500", thread_ts: card.ts })).toBe(200);
  await expect.poll(() => bodies(id)).toHaveLength(1);
  expect((await bodies(id))[0]).toContain(kept);
  await other.expectReply("Ada commented: look");
  expect(await postedInto(other, "look")).not.toMatch(live);
});

test("invisible characters are shown as marks, and characters that can't be stored are replaced", async () => {
  const { id, card, other } = await report("Hostile invisible");
  const text = "look \u202egnp.exe\u200b and \u0000 and \ud800";
  const message = { type: "message", channel: card.channel, user: story.slack.users.ada.id, text };
  expect(await sendEvent(story, { ...message, ts: "1795611720.000600", thread_ts: card.ts })).toBe(200);
  await other.expectReply("look ⟨U+202E⟩gnp.exe⟨U+200B⟩ and \ufffd and \ufffd");
  expect(await bodies(id)).toHaveLength(1);
});

test("a message of 100,000 characters is cut for the comment and again for the reply", async () => {
  const { id, card, other } = await report("Hostile length");
  const text = `look ${"<@U0EVE00001> ".repeat(7000)}`;
  const message = { type: "message", channel: card.channel, user: story.slack.users.ada.id, text };
  expect(await sendEvent(story, { ...message, ts: "1795611720.000700", thread_ts: card.ts })).toBe(200);
  await other.expectReply("Ada commented: look");
  const [comment] = await bodies(id);
  expect(comment?.length).toBeLessThanOrEqual(10_000);
  expect(comment?.endsWith("…")).toBe(true);
});

test("a Slack name with a mention or an imitated name is shown as a marked name", async () => {
  const realName = "Ada <!channel> \u202eadA";
  const { id: userId } = await story.slack.ask("setUser", { name: "impostor", realName });
  const { id, card, other } = await report("Hostile name");
  const message = { type: "message", channel: card.channel, user: userId, text: "look here" };
  expect(await sendEvent(story, { ...message, ts: "1795611720.000800", thread_ts: card.ts })).toBe(200);
  await other.expectReply("(not a Tocsin user) commented: look here");
  expect(await postedInto(other, "look here")).not.toMatch(live);
  expect(await bodies(id)).toEqual(["look here"]);
});

test("a file becomes a link only if its address is Slack's", async () => {
  const { id, card, other } = await report("Hostile files");
  const files = [
    { name: "a.png", permalink: "javascript:alert(1)" },
    { name: "b.png", permalink: "https://evil.example/files" },
    { name: "c.png", permalink: "https://acme.slack.com/files/U1/F1/c.png" },
  ];
  const message = { type: "message", subtype: "file_share", channel: card.channel, files, text: "look" };
  const from = { user: story.slack.users.ada.id, ts: "1795611720.000900", thread_ts: card.ts };
  expect(await sendEvent(story, { ...message, ...from })).toBe(200);
  await other.expectReply("Ada commented: look c.png: https://acme.slack.com/files/U1/F1/c.png");
  expect(await bodies(id)).toEqual(["look\nc.png: https://acme.slack.com/files/U1/F1/c.png"]);
});

test("the inbox keeps no text of a message after processing", async () => {
  const rowsLeft = async () =>
    (await story.tocsin.db.pool.query("select id from slack_inbox where payload::text ~ 'look'")).rows;
  await expect.poll(rowsLeft).toEqual([]);
});
