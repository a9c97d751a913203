import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newDestination } from "../../builders/destination.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
  await story.api("PATCH", "/settings", { quietHours: { from: "00:00", to: "00:00" } });
  await story.api("PATCH", `/destinations/${story.destination.id}`, {
    mentions: { HIGH: { kind: "here" }, CRITICAL: { kind: "here" } },
  });
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const context = { actor: { email: "eve@acme.example" } };
const toEve = () => story.slack.channel("@eve");

/** Makes the detection ask by itself; it is known from its first alert on. */
async function asks(detection: string, setting: object, people = "actor.email") {
  const first = { title: `First of ${detection}`, severity: "LOW", destinations: [] };
  await story.send({ ...first, detection: { id: detection } });
  const { body } = await story.api("GET", `/detections?q=${detection}`);
  const automaticBoomerang = { whom: { field: people }, question: "{title}: was this you?", ...setting };
  const path = `/detections/${body.results[0].id}`;
  const changed = await story.api("PATCH", path, { automaticBoomerang });
  expect(changed).toMatchObject({ status: 200, body: { automaticBoomerang: { answers: "yes_no" } } });
  return path;
}

async function opens(detection: string, title: string, more: object = {}) {
  const report = { title, severity: "HIGH", detection: { id: detection }, context, ...more };
  const { body } = await story.send(report);
  const card = await story.slack.channel("#security").expectCard(title);
  return { card, report, alertId: body.results[0].alertId };
}

const alertOf = async (id: string) => (await story.api("GET", `/alerts/${id}`)).body;
const historyOf = async (id: string) =>
  (await story.api("GET", `/alerts/${id}/history`)).body.results
    .map(({ sentence }: { sentence: string }) => sentence)
    .join("\n");

test("a Yes to an automatic question resolves the alert as benign, as a person would have", async () => {
  await asks("travel", { onYes: { do: "resolve" } });
  const { card, report, alertId } = await opens("travel", "Odd journey");
  const asked = await toEve().expectMessage("Odd journey: was this you?");
  await asked.expectText("Your security team asks about something on your account");
  await card.expectReply("Tocsin (automatic Boomerang) asked Eve Adler");
  await asked.press("Yes, this was me", { as: "eve" });
  await card.expectText("Resolved: Odd journey");
  await story.tocsin.idle();
  expect(await alertOf(alertId)).toMatchObject({ status: "RESOLVED", disposition: "BENIGN" });
  await story.send(report);
  await card.expectReply("reported it again although it is Resolved");
});

test("a No raises the severity, and mentions whom the destination mentions", async () => {
  await asks("admin", { onNo: { do: "raise" } });
  const { card, alertId } = await opens("admin", "New admin");
  const asked = await toEve().expectMessage("New admin: was this you?");
  await asked.press("No, this wasn't me", { as: "eve" });
  await card.expectReply("raised the severity from High to Critical");
  expect((await card.replies()).join("\n")).toMatch(/No, this wasn't me.*here/s);
  expect(await alertOf(alertId)).toMatchObject({ severity: "CRITICAL", status: "OPEN" });
});

test("a question without an answer sends the alert to another destination", async () => {
  // No alert has this log type, so nothing else reaches it.
  const only = { displayName: "Second line", channel: "#platform", logTypes: ["none"] };
  await created(story.api("POST", "/destinations", newDestination(only)));
  await asks("silent", { openFor: "1h", onNo: { do: "send", destination: "Second line" } });
  const { card } = await opens("silent", "Nobody says anything");
  await toEve().expectMessage("Nobody says anything: was this you?");
  await story.pass("61 minutes");
  await story.tocsin.idle();
  await story.pass("1 minute");
  await card.expectReply("Sent to Second line too");
  await story.slack.channel("#platform").expectCard("Nobody says anything");
});

test("a person who can't be reached counts as no answer", async () => {
  await asks("nobody", { onNo: { do: "raise" } });
  const { card, alertId } = await opens("nobody", "Nobody there", {
    context: { actor: { email: "gone@acme.example" } },
  });
  await card.expectReply("gone@acme.example could not be asked");
  await card.expectReply("raised the severity");
  expect(await alertOf(alertId)).toMatchObject({ severity: "CRITICAL" });
});

test("a person gets three automatic questions an hour, and the history says so of the others", async () => {
  await story.pass("61 minutes");
  await asks("often", {});
  for (const title of ["Often 1", "Often 2", "Often 3"]) {
    await opens("often", title);
    await toEve().expectMessage(`${title}: was this you?`);
  }
  const { card, alertId } = await opens("often", "Often 4");
  await card.expectReply("already got 3 automatic questions within an hour");
  expect(await historyOf(alertId)).not.toContain("asked Eve");
});

test("in quiet hours a question waits, but not about a CRITICAL alert", async () => {
  await story.pass("61 minutes");
  const berlin = (at: Date) =>
    new Intl.DateTimeFormat("en-GB", {
      timeZone: "Europe/Berlin",
      hour: "2-digit",
      minute: "2-digit",
    }).format(at);
  const later = new Date(story.now().getTime() + 2 * 3600_000);
  const before = new Date(story.now().getTime() - 3600_000);
  await story.api("PATCH", "/settings", { quietHours: { from: berlin(before), to: berlin(later) } });
  await asks("night", { openFor: "1h" });
  const { alertId } = await opens("night", "At night");
  await opens("night", "Critical at night", { severity: "CRITICAL" });
  await toEve().expectMessage("Critical at night: was this you?");
  await story.tocsin.idle();
  expect(await historyOf(alertId)).toContain("The question to Eve Adler waits until");
  expect(await historyOf(alertId)).not.toContain("asked Eve");
  await story.pass("121 minutes");
  const asked = await toEve().expectMessage("At night: was this you?");
  await asked.expectText("Yes, this was me");
});

test("a setting that can't work is refused with what would be right", async () => {
  const path = await asks("refused", {});
  const refused = (automaticBoomerang: object) =>
    story.api("PATCH", path, {
      automaticBoomerang: { whom: { field: "user" }, question: "Was this you?", ...automaticBoomerang },
    });
  for (const [setting, why] of [
    [{ question: "{nonsense}?" }, "there is no field {nonsense}"],
    [{ answers: "text", onYes: { do: "resolve" } }, "free text is neither Yes nor No"],
    [{ onNo: { do: "send", destination: "Nowhere" } }, "There is no destination “Nowhere”"],
    [{ whom: { phone: "1" } }, "one of {field}, {email}, {slackUserId} or {channel}"],
  ] as const) {
    const { status, body } = await refused(setting);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(why);
  }
  const { body: preview } = await story.api("POST", `${path}/boomerang-preview`, {
    whom: { email: "eve@acme.example" },
    question: "{title}?",
  });
  expect(preview).toMatchObject({ to: "Eve Adler", why: null });
  expect((await story.api("PATCH", path, { automaticBoomerang: null })).body).toMatchObject({
    automaticBoomerang: null,
  });
});
