import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const to = [{ email: "eve@acme.example" }];
const ask = async (id: string, question: string) =>
  created(story.api("POST", `/alerts/${id}/boomerangs`, { to, question, openFor: "1h" }));
const sentences = async (id: string): Promise<string[]> =>
  (await story.api("GET", `/alerts/${id}/history`)).body.results.map(
    ({ sentence }: { sentence: string }) => sentence,
  );

test("a question is reported only in the thread of the card that it was asked from", async () => {
  await created(
    story.api("POST", "/destinations", {
      type: "slack-bot",
      displayName: "Platform",
      channel: "#platform",
      severities: ["LOW"],
      alertTypes: ["RULE"],
      logTypes: ["AWS"],
      timezone: "Europe/Berlin",
    }),
  );
  // The card in #platform is the later one.
  const held = { method: "chat.postMessage", channel: "#platform", what: { kind: "held" } } as const;
  await story.slack.ask("faults", { faults: [held] });
  const { body } = await story.send({ title: "In two channels", severity: "LOW", logTypes: ["AWS"] });
  const { alertId } = body.results[0];
  const delivered = async () =>
    (await story.api("GET", `/alerts/${alertId}`)).body.deliveries.filter(
      ({ state }: { state: string }) => state === "sent",
    );
  await expect.poll(delivered).toHaveLength(1);
  await story.slack.ask("release", {});
  const first = await story.slack.channel("#security").expectCard("In two channels");
  const second = await story.slack.channel("#platform").expectCard("In two channels");
  await second.press("🪃 Boomerang", { as: "ada" });
  const form = await story.slack.dialogOf("ada", { titled: "Boomerang" });
  await form.fill("People", ["eve"]);
  await form.submit();
  await (await story.slack.dialogOf("ada", { titled: "Preview" })).submit();
  await second.expectReply("Ada asked Eve Adler");
  const asked = await story.slack.channel("@eve").expectMessage("In two channels. Was this you?");
  await asked.press("Yes, this was me", { as: "eve" });
  await second.expectReply("Eve Adler answered: Yes, this was me");

  await ask(alertId, "And from elsewhere?");
  const reply = first.expectReply("Story asked Eve Adler: “And from elsewhere?”");
  const fromApi = await story.slack.channel("@eve").expectMessage("And from elsewhere?");
  await reply;
  await fromApi.press("Yes, this was me", { as: "eve" });
  await first.expectReply("Eve Adler answered: Yes, this was me");
  expect((await first.replies()).join("\n")).not.toContain("In two channels. Was this you?");
  expect((await second.replies()).join("\n")).not.toContain("And from elsewhere?");
});

test("without a card, the assignee gets a direct message about a No and an expired question", async () => {
  const { body } = await story.send({ title: "Cardless", severity: "LOW", destinations: [] });
  const { alertId } = body.results[0];
  await story.api("PATCH", `/alerts/${alertId}`, { assignee: "grace@acme.example" });
  await ask(alertId, "Cardless: was this you?");
  const asked = await story.slack.channel("@eve").expectMessage("Cardless: was this you?");
  await asked.press("No, this wasn't me", { as: "eve" });
  await story.slack.channel("@grace").expectMessage("Eve Adler answered: No, this wasn't me");

  await ask(alertId, "Cardless: are you there?");
  const unanswered = await story.slack.channel("@eve").expectMessage("Cardless: are you there?");
  await story.pass("1 hour");
  await story.slack.channel("@grace").expectMessage("No answer from Eve Adler in time");
  await unanswered.expectText("The time to answer is over");
  expect(await sentences(alertId)).toEqual(
    expect.arrayContaining([
      "Story asked Eve Adler: “Cardless: was this you?”",
      "Eve Adler answered: No, this wasn't me",
      "No answer from Eve Adler in time",
    ]),
  );
});

test("a question to more than five people, or to people and a channel, is refused", async () => {
  const { body } = await story.send({ title: "Too many", severity: "LOW", destinations: [] });
  const { alertId } = body.results[0];
  const six = Array.from({ length: 6 }, (_, n) => ({ email: `p${n}@acme.example` }));
  const post = (whom: object[]) =>
    story.api("POST", `/alerts/${alertId}/boomerangs`, { to: whom, question: "All of you?" });
  expect((await post(six)).status).toBe(400);
  expect((await post([...to, { channel: "#platform" }])).status).toBe(400);
});
