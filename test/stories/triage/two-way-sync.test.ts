import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
let quiet: string;
beforeAll(async () => {
  story = await startStory();
  quiet = await destination("Quiet", "#platform", { syncToSlack: false });
  await destination("Private", "#sec-private", {});
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

async function destination(displayName: string, channel: string, more: object): Promise<string> {
  const filters = { severities: ["HIGH"], alertTypes: ["RULE"], logTypes: [] };
  const body = { type: "slack-bot", displayName, channel, ...filters, timezone: "UTC", ...more };
  return (await created(story.api("POST", "/destinations", body))).id;
}

/** An alert with cards in two channels that get changes made in Tocsin, and in one that does not. */
async function report(title: string) {
  const { body } = await story.send({ title, severity: "HIGH" });
  const at = (channel: string) => story.slack.channel(channel).expectCard(title);
  const [first, second, unsynced] = await Promise.all([at("#security"), at("#sec-private"), at("#platform")]);
  return { id: String(body.results[0].alertId), first, second, unsynced };
}

test("a change through the API shows on every card and in every thread", async () => {
  const { id, first, second, unsynced } = await report("Everywhere");
  await created(story.api("PATCH", `/alerts/${id}`, { assignee: "grace@acme.example" }));
  await created(story.api("PATCH", `/alerts/${id}`, { status: "TRIAGED", comment: "On it" }));
  await created(story.api("POST", "/alert-comments", { alertId: id, body: "Pentest" }));
  for (const card of [first, second]) {
    await card.expectText("assigned to Grace");
    await card.expectShown("Status", "Triaged", { as: "ada" });
    await card.expectReply("assigned the alert to @Grace Hopper");
    await card.expectReply("triaged the alert: On it");
    await card.expectReply("commented: Pentest");
  }
  expect(await unsynced.replies()).toEqual([]);
  expect(await unsynced.text()).toContain("Open · unassigned");
});

test("a change in Slack shows in the API and in the threads of the other cards", async () => {
  const { id, first, second, unsynced } = await report("From Slack");
  await first.choose("Status", "Resolved", { as: "ada", comment: "VPN" });
  for (const card of [first, second, unsynced]) {
    await card.expectReply("Ada resolved the alert: VPN");
    await card.expectText("resolved by Ada");
  }
  expect((await story.api("GET", `/alerts/${id}`)).body.status).toBe("RESOLVED");
});

test("a card without sync catches up at its next edit and says so until it changes again", async () => {
  const { id, first, second, unsynced } = await report("Catching up");
  await created(story.api("PATCH", `/alerts/${id}`, { status: "TRIAGED" }));
  for (const card of [first, second]) await card.expectReply("triaged the alert");
  expect(await unsynced.text()).not.toContain("Triaged by");
  await unsynced.choose("Assign", "grace", { as: "ada" });
  await unsynced.expectText("Changed in Tocsin");
  await unsynced.expectText("Triaged by");
  for (const card of [first, second, unsynced])
    await card.expectReply("Ada assigned the alert to @Grace Hopper");
  expect((await unsynced.replies()).join()).not.toContain("triaged");
  await unsynced.menu("Unassign", { as: "ada" });
  await expect.poll(() => unsynced.text()).not.toContain("Changed in Tocsin");
  for (const card of [first, second, unsynced]) await card.expectReply("Ada unassigned the alert from Grace");
  expect(await first.text()).not.toContain("Changed in Tocsin");
});

test("a card gets later changes once sync is switched on again", async () => {
  const { id, first, second, unsynced } = await report("Listening again");
  await created(story.api("PATCH", `/destinations/${quiet}`, { syncToSlack: true }));
  await created(story.api("PATCH", `/alerts/${id}`, { status: "TRIAGED" }));
  for (const card of [first, second, unsynced]) await card.expectReply("triaged the alert");
  await unsynced.expectText("Triaged by");
  await created(story.api("PATCH", `/destinations/${quiet}`, { syncToSlack: false }));
});

test("what a person closed is shown when reports say something new, and opens again after three", async () => {
  const sends = (host: string, n: number) =>
    story.send({ title: "Beacon", severity: "MEDIUM", destinations: ["Private"], event: { host, count: n } });
  const { body } = await sends("db1", 1);
  const { alertId: id } = body.results[0];
  const card = await story.slack.channel("#sec-private").expectCard("Beacon");
  await card.choose("Status", "Resolved", { as: "ada", comment: "Patched" });
  await card.expectReply("Ada resolved the alert: Patched");
  const state = async () => {
    const { status, reportedAgain } = (await story.api("GET", `/alerts/${id}`)).body;
    return [status, reportedAgain];
  };

  await sends("db1", 2);
  await card.expectReply("reported it again although it is Resolved");
  await sends("db1", 3);
  expect(await state()).toEqual(["RESOLVED", false]);
  for (const [n, host] of ["db2", "db3"].entries()) {
    await sends(host, n);
    await card.expectReply(`reported it again although it is Resolved, with new values: host ${host}`);
    expect(await state()).toEqual(["RESOLVED", true]);
  }
  await card.expectText("Reported again");
  await sends("db2", 9);
  expect((await card.replies()).filter((reply) => reply.includes("reported it again"))).toHaveLength(3);
  expect(await state()).toEqual(["RESOLVED", true]);
  await sends("db4", 1);
  await card.expectReply("reopened the alert");
  expect(await state()).toEqual(["OPEN", false]);
  await expect.poll(() => card.text()).not.toContain("Reported again");

  await card.choose("Status", "Invalid", { as: "ada", comment: "Scanner" });
  await card.expectReply("marked the alert as invalid (False positive): Scanner");
  await setReopenAfter(null);
  const hosts = ["db5", "db6", "db7", "db8"];
  for (const host of hosts) await sends(host, 1);
  for (const host of hosts) await card.expectReply(`with new values: host ${host}`);
  expect(await state()).toEqual(["CLOSED", true]);
  await setReopenAfter(9);
  await story.send({
    title: "Beacon",
    severity: "CRITICAL",
    destinations: ["Private"],
    event: { host: "db1" },
  });
  await card.expectReply("raised the severity from Medium to Critical");
  await card.expectReply("reopened the alert");
  expect(await state()).toEqual(["OPEN", false]);
});

/** Sources are cached for a second. */
async function setReopenAfter(reopenAfter: number | null) {
  await created(story.api("PATCH", `/sources/${story.source.id}`, { reopenAfter }));
  await story.pass("2 seconds");
}
