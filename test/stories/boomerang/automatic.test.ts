import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { newDestination } from "../../builders/destination.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  // Nobody visits the provider here: that answers can be confirmed there is enough.
  const provider = { OIDC_ISSUER: "https://idp.acme.example", OIDC_CLIENT_ID: "tocsin", OIDC_NAME: "Okta" };
  story = await startStory({ env: { ...provider, OIDC_CLIENT_SECRET: "secret", OIDC_ROLES: "all=Analyst" } });
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

const asksEve = (title: string) => `Tocsin (automatic Boomerang) asked Eve Adler: “${title}: was this you?”`;
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
  await card.expectReply(asksEve("Odd journey"));
  await asked.press("Yes, this was me", { as: "eve" });
  await card.expectReply("Eve Adler answered: Yes, this was me");
  await card.expectReply("Tocsin (automatic Boomerang) resolved the alert as Benign (expected) activity");
  await card.expectText("Resolved: Odd journey");
  expect(await alertOf(alertId)).toMatchObject({ status: "RESOLVED", disposition: "BENIGN" });
  await story.send(report);
  await card.expectReply("reported it again although it is Resolved");
});

test("a No raises the severity, and mentions whom the destination mentions", async () => {
  await asks("admin", { onNo: { do: "raise" } });
  const { card, alertId } = await opens("admin", "New admin");
  const asked = await toEve().expectMessage("New admin: was this you?");
  await card.expectReply(asksEve("New admin"));
  await asked.press("No, this wasn't me", { as: "eve" });
  await card.expectReply("raised the severity from High to Critical");
  await card.expectReply("Eve Adler answered: No, this wasn't me");
  await card.expectReply("@here");
  expect(await alertOf(alertId)).toMatchObject({ severity: "CRITICAL", status: "OPEN" });
});

test("a question without an answer sends the alert to another destination", async () => {
  // No alert has this log type, so nothing else reaches it.
  const only = { displayName: "Second line", channel: "#platform", logTypes: ["none"] };
  await created(story.api("POST", "/destinations", newDestination(only)));
  await asks("silent", { openFor: "1h", onNo: { do: "send", destination: "Second line" } });
  const { card } = await opens("silent", "Nobody says anything");
  const asked = await toEve().expectMessage("Nobody says anything: was this you?");
  await card.expectReply(asksEve("Nobody says anything"));
  await story.pass("30 minutes");
  await asked.expectReply("Reminder: the security team is waiting for your answer");
  await card.expectReply("Eve Adler was reminded of the question");
  await story.pass("31 minutes");
  await card.expectReply("No answer from Eve Adler in time");
  await card.expectReply("@here");
  await card.expectReply("Sent to Second line too");
  const second = await story.slack.channel("#platform").expectCard("Nobody says anything");
  await second.expectReply("because nobody said “Yes” to the automatic Boomerang");
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

test("any member of a fixed channel answers, once for all", async () => {
  await asks("change", { whom: { channel: "#platform" }, onYes: { do: "comment", text: "{title} is ours" } });
  const { card } = await opens("change", "New rule");
  const asked = await story.slack.channel("#platform").expectMessage("New rule: was this you?");
  await asked.expectText("Your security team asks this channel");
  await card.expectReply("Tocsin (automatic Boomerang) asked #platform");
  await asked.press("Yes, this was me", { as: "grace" });
  await card.expectReply("Grace Hopper answered: Yes, this was me");
  await card.expectReply("New rule is ours");
  await asked.expectText("Grace Hopper answered at");
});

test("an answer that needs a second factor is not recorded before it is confirmed", async () => {
  await asks("factor", { secondFactor: true, openFor: "3d", onYes: { do: "resolve" } });
  const { card, alertId } = await opens("factor", "Needs proof");
  const asked = await toEve().expectMessage("Needs proof: was this you?");
  await asked.expectText("Your answer counts once you have confirmed it");
  await card.expectReply(asksEve("Needs proof"));
  await asked.press("Yes, this was me", { as: "eve" });
  await story.slack.expectPrivately("eve", "Confirm it within 5 minutes; it counts only then.");
  await story.tocsin.idle();
  expect(await historyOf(alertId)).not.toContain("answered");
  expect(await alertOf(alertId)).toMatchObject({ status: "OPEN" });
});

test("in a storm a person gets three questions an hour, and the history says so of the others", async () => {
  await story.pass("61 minutes");
  await asks("storm", { openFor: "3d" });
  const reports = [1, 2, 3, 4, 5, 6].map((n) => ({
    ...{ title: `Gust ${n}`, severity: "MEDIUM", detection: { id: "storm" }, context, destinations: [] },
  }));
  const { body } = await story.send(reports);
  await story.tocsin.idle();
  const histories: string[] = await Promise.all(
    body.results.map(({ alertId }: { alertId: string }) => historyOf(alertId)),
  );
  expect(histories.filter((told) => told.includes("asked Eve Adler"))).toHaveLength(3);
  const over = "was not sent: Eve Adler already got 3 automatic questions within an hour";
  expect(histories.filter((told) => told.includes(over))).toHaveLength(3);
  const asked = (await toEve().messages()).filter(({ text }) => text.includes("Gust"));
  expect(asked).toHaveLength(3);
  for (const { text } of asked) await toEve().expectMessage(text.match(/Gust \d/)?.[0] ?? "Gust");
});

test("in quiet hours a question waits until they end or its alert becomes CRITICAL", async () => {
  await story.pass("61 minutes");
  const format = { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" } as const;
  const berlin = (hours: number) =>
    new Intl.DateTimeFormat("en-GB", format).format(new Date(story.now().getTime() + hours * 3_600_000));
  await story.api("PATCH", "/settings", { quietHours: { from: berlin(-1), to: berlin(2) } });
  await asks("night", { openFor: "3d" });
  const waiting = await opens("night", "Calm night");
  const rising = await opens("night", "Worse night");
  await story.tocsin.idle();
  for (const { alertId } of [waiting, rising]) {
    expect(await historyOf(alertId)).toContain("The question to Eve Adler waits until");
    expect(await historyOf(alertId)).not.toContain("asked Eve");
  }
  await story.send({ ...rising.report, severity: "CRITICAL" });
  await toEve().expectMessage("Worse night: was this you?");
  await rising.card.expectReply("raised the severity from High to Critical");
  await rising.card.expectReply(asksEve("Worse night"));
  expect(await historyOf(waiting.alertId)).not.toContain("asked Eve");
  await story.pass("121 minutes");
  const asked = await toEve().expectMessage("Calm night: was this you?");
  await asked.expectText("Yes, this was me");
  await waiting.card.expectReply(asksEve("Calm night"));
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
    [{ whom: { email: "eve" } }, "email address"],
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
