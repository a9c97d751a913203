import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(async () => story.slack.ask("faults", { faults: [] }));

const slowPeople = (ms: number) =>
  story.slack.ask("faults", { faults: [{ method: "users.info", times: 20, what: { kind: "slow", ms } }] });

async function report(title: string) {
  const { body } = await story.send({ title, severity: "HIGH" });
  const card = await story.slack.channel("#security").expectCard(title);
  const id: string = body.results[0].alertId;
  const comments = async () =>
    (await story.api("GET", `/alert-comments?alertId=${id}`)).body.results.map(
      (comment: { body: string }) => comment.body,
    );
  return { id, card, comments };
}

/** Opens a dialog so early that Slack has to be asked again who submits it. */
async function openEarly(card: Awaited<ReturnType<typeof report>>["card"]) {
  await card.menu("Add comment", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await story.pass("2 minutes");
  return dialog;
}

test("a dialog whose lookup is slow says to press again, and then takes effect once", async () => {
  const { card, comments } = await report("Slow to say who");
  const dialog = await openEarly(card);
  await slowPeople(6_000);
  await dialog.fill("Comment", "It was the VPN");
  expect(await dialog.submit()).toBe("errors");
  expect(await dialog.errors()).toEqual({ Comment: expect.stringContaining("press the button again") });
  expect(await comments()).toEqual([]);
  await story.slack.ask("faults", { faults: [] });
  expect(await dialog.submit()).toBe("closed");
  expect(await comments()).toEqual(["It was the VPN"]);
});

test("pressing a button again while the first press is handled changes nothing twice", async () => {
  const { card, comments } = await report("Pressed twice");
  const dialog = await openEarly(card);
  await slowPeople(1_000);
  await dialog.fill("Comment", "Once is enough");
  await Promise.allSettled([dialog.submit(), dialog.submit(), dialog.submit()]);
  await story.tocsin.idle();
  expect(await comments()).toEqual(["Once is enough"]);
});

test("a blank comment keeps the dialog open and says what is missing", async () => {
  const { card, comments } = await report("Blank");
  await card.menu("Add comment", { as: "ada" });
  const dialog = await card.dialog({ as: "ada" });
  await dialog.fill("Comment", "   ");
  expect(await dialog.submit()).toBe("errors");
  expect(await dialog.errors()).toEqual({ Comment: expect.stringContaining("Write a comment") });
  await dialog.fill("Comment", "Not blank");
  expect(await dialog.submit()).toBe("closed");
  expect(await comments()).toEqual(["Not blank"]);
});

test("a refused click is in the audit log with its alert and the Slack user", async () => {
  const { id, card } = await report("Refused");
  await card.choose("Status", "Triaged", { as: "mallory" });
  await story.slack.expectPrivately("mallory", "No Tocsin user has the email mallory@acme.example");
  const { body } = await story.api("GET", "/audit-log");
  expect(body.results[0]).toMatchObject({
    action: "alert.change",
    outcome: "refused",
    target: { type: "alert", id },
    data: { slackUser: story.slack.users.mallory.id },
  });
});
