import { afterAll, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const channels = Array.from({ length: 20 }, (_, n) => `budget-${n}`);
let story: Story;
beforeAll(async () => {
  story = await startStory({ rateLimits: "fivefold" });
  for (const name of channels) {
    await story.slack.ask("addChannel", { name });
    await created(
      story.api("POST", "/destinations", {
        type: "slack-bot",
        displayName: name,
        channel: `#${name}`,
        severities: ["HIGH", "CRITICAL"],
        alertTypes: ["RULE"],
        logTypes: [],
        timezone: "UTC",
      }),
    );
  }
}, 60_000);
afterAll(() => story.close());

/** The first of an alert's cards that contains this text. */
async function findCard(title: string, text: string) {
  for (const name of channels) {
    const card = await story.slack.channel(`#${name}`).expectCard(title);
    if ((await card.text()).includes(text)) return card;
  }
  throw new Error(`no card of ${title} says ${text}`);
}

test("edits stay within Slack's rate, and a card that a person touches is edited at once", async () => {
  const { body } = await story.send(
    ["One", "Two", "Three"].map((title) => ({ title, severity: "HIGH", detection: { id: title } })),
  );
  const ids: string[] = body.results.map((result: { alertId: string }) => result.alertId);
  for (const title of ["One", "Two", "Three"])
    for (const name of channels)
      await story.slack.channel(`#${name}`).expectCard(title, { timeoutMs: 15_000 });
  const updates = async () =>
    (await story.slack.log.entries())
      .filter(({ what }) => what === "chat.update")
      .map(({ outcome }) => outcome);

  await story.api("PATCH", "/alerts", { ids, status: "TRIAGED" });
  // Twelve edits are kept for cards that people touch.
  await story.tocsin.idle();
  expect(await updates()).toHaveLength(38);

  // A card that shows the change already: a click on an outdated one would conflict.
  const card = await findCard("Two", "Triaged by");
  await card.choose("Status", "Resolved", { as: "ada", comment: "VPN" });
  await card.expectText("Resolved: Two");
  await story.tocsin.idle();
  expect(await updates()).toHaveLength(50);
  expect(new Set(await updates())).toEqual(new Set(["ok"]));
}, 60_000);
