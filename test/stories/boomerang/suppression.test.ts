import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
  // Quick changes become one reply or several, so these replies are not asserted.
  for (const reply of ["Story asked Eve Adler", "Ada resolved the alert"]) story.slack.ignore(reply);
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

const detection = { id: "okta-impossible-travel", name: "Okta.ImpossibleTravel" };
const eve = "eve@acme.example";
let sent = 0;

/** A report of the detection that names a person, with its own dedup string. */
const report = (title: string, change: object = {}, email = eve) => ({
  title,
  severity: "HIGH",
  detection,
  dedupString: `login ${++sent}`,
  context: { actor: { email } },
  ...change,
});
const card = (title: string) => story.slack.channel("#security").expectCard(title);
const send = async (body: object) => (await story.send(body)).body.results[0];
const history = async (id: string) => (await story.api("GET", `/alerts/${id}/history`)).body.results;
const sentences = async (id: string) =>
  (await history(id)).map(({ sentence }: { sentence: string }) => sentence).join("\n");

/** Opens an alert about Eve, and answers its question with this button. */
async function openAnswered(title: string, button: string, change: object = {}) {
  const { alertId } = await send(report(title, change));
  const posted = await card(title);
  const { body: asked } = await story.api("POST", `/alerts/${alertId}/boomerangs`, {
    to: [{ email: eve }],
    question: `${title}: was this you?`,
  });
  const message = await story.slack.channel("@eve").expectMessage(`${title}: was this you?`);
  await message.press(button, { as: "eve" });
  await posted.expectReply(`Eve Adler answered: ${button}`);
  // The card offers to suppress repeats after an edit of its own.
  await story.tocsin.idle();
  const { body: boomerang } = await story.api("GET", `/boomerangs/${asked.id}`);
  const [{ id: recipient }] = boomerang.recipients;
  const suppress = (length: string) =>
    story.api("POST", `/boomerangs/${asked.id}/suppressions`, { recipient, for: length });
  return { alertId, posted, boomerangId: asked.id, suppress };
}

test("suppressed repeats join silently and are listed in the history until the alert is reopened", async () => {
  const { alertId, posted } = await openAnswered("Travel of Eve", "Yes, this was me");
  await posted.choose("More", "Suppress repeats", { as: "ada" });
  const form = await story.slack.dialogOf("ada", { titled: "Suppress repeats" });
  await form.fill("For how long?", "4 hours");
  await form.submit();
  await posted.expectReply("Ada suppressed repeats for Eve Adler for 4 hours");
  const replies = await posted.replies();

  expect(await send(report("Travel of Eve, again", { severity: "LOW" }))).toMatchObject({
    outcome: "joined",
    alertId,
  });
  const twice = report("Travel of Eve, twice");
  const { body } = await story.send([twice, twice]);
  expect(body.results).toMatchObject([{ alertId }, { alertId }]);
  expect(await sentences(alertId)).toMatch(
    /Okta reported it again for Eve Adler \(suppressed\): Low “Travel of Eve, again”\nOkta reported it again for Eve Adler 2 times \(suppressed\): High “Travel of Eve, twice”/,
  );
  await posted.expectText("4 events");
  expect(await posted.replies()).toEqual(replies);

  expect(await send(report("Travel of Eve, critical", { severity: "CRITICAL" }))).toMatchObject({
    outcome: "opened",
  });
  await card("Travel of Eve, critical");
  expect(await send(report("Travel of Mallory", {}, "mallory@acme.example"))).toMatchObject({
    outcome: "opened",
  });
  await card("Travel of Mallory");

  await posted.choose("Status", "Resolved", { as: "ada", comment: "VPN" });
  await posted.expectText("Resolved: Travel of Eve");
  expect(await send(report("Travel of Eve, while resolved"))).toMatchObject({ outcome: "joined", alertId });
  await posted.choose("Status", "Open", { as: "grace" });
  await posted.expectReply("Repeats for Eve Adler open alerts again because this alert was reopened");
  expect(await send(report("Travel of Eve, after reopening"))).toMatchObject({ outcome: "opened" });
  await card("Travel of Eve, after reopening");
});

test("a suppression from the API can be ended, and repeats open alerts again after it expires", async () => {
  const { alertId, posted, suppress, boomerangId } = await openAnswered("Key of Eve", "Yes, this was me", {
    detection: { id: "aws-key" },
  });
  const repeat = (title: string) => send(report(title, { detection: { id: "aws-key" } }));
  expect(await suppress("3d")).toMatchObject({ status: 400 });
  const { status, body } = await suppress("24h");
  expect(status).toBe(201);
  const { id, until } = body.recipients[0].suppression;
  await posted.expectReply("Story suppressed repeats for Eve Adler for 24 hours");
  expect(Date.parse(until) - story.now().getTime()).toBeLessThanOrEqual(24 * 3600_000);
  expect(await suppress("1h")).toMatchObject({ status: 409 });
  const { results } = (await story.api("GET", "/audit-log?action=alert.suppress&limit=1")).body;
  expect(results).toMatchObject([{ target: { id: alertId }, data: { suppression: id } }]);
  expect(await repeat("Key of Eve, again")).toMatchObject({ outcome: "joined", alertId });
  expect(await story.api("DELETE", `/suppressions/${id}`)).toMatchObject({ status: 204 });
  expect(await story.api("DELETE", `/suppressions/${id}`)).toMatchObject({ status: 404 });
  await posted.expectReply("Story ended the suppression of repeats for Eve Adler");
  expect((await story.api("GET", `/boomerangs/${boomerangId}`)).body.recipients[0].suppression).toBeNull();
  expect(await repeat("Key of Eve, ended")).toMatchObject({ outcome: "opened" });
  await card("Key of Eve, ended");

  const expiring = (await suppress("1h")).body.recipients[0].suppression;
  await posted.expectReply("Story suppressed repeats for Eve Adler for 1 hour");
  await story.pass("1 hour");
  expect(await story.api("DELETE", `/suppressions/${expiring.id}`)).toMatchObject({ status: 404 });
  expect((await story.api("GET", `/boomerangs/${boomerangId}`)).body.recipients[0].suppression).toBeNull();
  expect(await repeat("Key of Eve, later")).toMatchObject({ outcome: "opened" });
  await card("Key of Eve, later");
  expect(await suppress("4h")).toMatchObject({ status: 201 });
  await posted.expectReply("Story suppressed repeats for Eve Adler for 4 hours");
});

test("suppression is refused with a reason after a No and for a CRITICAL alert", async () => {
  const no = await openAnswered("Token of Eve", "No, this wasn't me", { detection: { id: "token" } });
  expect(await no.suppress("1h")).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("has not answered Yes") },
  });
  const critical = await openAnswered("Root of Eve", "Yes, this was me", {
    severity: "CRITICAL",
    detection: { id: "root" },
  });
  expect(await critical.suppress("1h")).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("never suppressed") },
  });
  for (const { posted } of [no, critical])
    await expect(posted.choose("More", "Suppress repeats", { as: "ada" })).rejects.toThrow();
});
