import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(async () => story.slack.ask("faults", { faults: [] }));

async function ask(title: string) {
  const report = { title, severity: "HIGH", detection: { id: title } };
  const { body } = await story.send(report);
  const { alertId } = body.results[0];
  const card = await story.slack.channel("#security").expectCard(title);
  await created(
    story.api("POST", `/alerts/${alertId}/boomerangs`, {
      to: [{ email: "eve@acme.example" }],
      question: `${title}: was this you?`,
    }),
  );
  return { report, alertId, card };
}

test("an alert that its source resolves says that its Boomerang is still open", async () => {
  const { report, card } = await ask("Ended by itself");
  await story.slack.channel("@eve").expectMessage("Ended by itself: was this you?");
  await story.send({ ...report, status: "resolved" });
  await card.expectText("Resolved");
  await card.expectReply("The question to Eve Adler stays open");
});

test.each(["org_login_required", "message_limit_exceeded", "app_access_restricted"])(
  "a question waits while Slack answers %s, as cards do",
  async (error) => {
    await story.slack.ask("faults", {
      faults: [{ method: "conversations.open", times: 3, what: { kind: "error", error } }],
    });
    const title = `Asked during ${error}`;
    const { card } = await ask(title);
    await story.tocsin.idle();
    await story.slack.ask("faults", { faults: [] });
    expect((await card.replies()).join()).not.toContain("can't be asked");
    await story.pass("2 minutes");
    await story.slack.channel("@eve").expectMessage(`${title}: was this you?`);
  },
);
