import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { created, type Story, startStory } from "../../tocsin/story.ts";

let story: Story;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());
afterEach(() => story.slack.expectNothingUnexpected());

let sent = 0;
/** Sends a report with its own dedup string, and returns its alert's id. */
async function report(title: string, detection: string, change: object = {}): Promise<string> {
  const body = { title, severity: "HIGH", detection: { id: detection }, dedupString: `${++sent}`, ...change };
  return (await story.send(body)).body.results[0].alertId;
}
const card = (title: string) => story.slack.channel("#security").expectCard(title);
const alert = async (id: string) => (await story.api("GET", `/alerts/${id}`)).body;
const titles = async (query: string) =>
  (await story.api("GET", `/alerts?${query}`)).body.results.map(({ title }: { title: string }) => title);
const sentences = async (id: string) =>
  (await story.api("GET", `/alerts/${id}/history`)).body.results.map(
    ({ sentence }: { sentence: string }) => sentence,
  );
const eve = { context: { actor: { email: "eve@acme.example" } } };

test("Snooze like this… silences new alerts like the card's, and the thread says who, what, how long and why", async () => {
  const id = await report("Login of Eve", "login", eve);
  const posted = await card("Login of Eve");
  await posted.menu("Snooze like this…", { as: "ada" });
  const form = await story.slack.dialogOf("ada", { titled: "Snooze like this" });
  expect(await form.text()).toContain("In the last 30 days 1 alert was like this, none of them CRITICAL.");
  await form.fill("Only with the same", ["actor.email: eve@acme.example"]);
  await form.fill("For how long?", "4 hours");
  expect(await form.submit()).toBe("errors");
  await form.fill("Why?", "VPN <!channel> test");
  expect(await form.submit()).toBe("pushed");
  const preview = await story.slack.dialogOf("ada", { titled: "Snooze preview" });
  expect(await preview.text()).toMatch(/login · from Okta · actor\.email is eve@acme\.example/);
  expect(await preview.text()).toContain("CRITICAL alerts are announced as usual.");
  await preview.submit();
  await posted.expectReply(
    "Ada snoozed alerts like this for 4 hours (login · from Okta · actor.email is eve@acme.example): VPN <!channel> test",
  );
  expect(await alert(id)).toMatchObject({ silencedBy: null });

  const silenced = await report("Login of Eve, again", "login", eve);
  const [silence] = (await story.api("GET", "/silences?state=running")).body.results;
  expect(await alert(silenced)).toMatchObject({ silencedBy: silence.id, status: "OPEN", deliveries: [] });
  expect(silence).toMatchObject({
    reason: "VPN <!channel> test",
    alertCount: 1,
    alsoCritical: false,
    alert: { id },
  });
  const bob = { context: { actor: { email: "bob@acme.example" } } };
  await report("Login of Bob", "login", bob);
  await card("Login of Bob");
  await report("Login of Eve, critical", "login", { ...eve, severity: "CRITICAL" });
  await card("Login of Eve, critical");
  expect(await sentences(silenced)).toEqual([
    "Reported by Okta (High). Not routed because a silence of Ada covers it: VPN <!channel> test.",
  ]);
  expect(await titles("detection=login")).not.toContain("Login of Eve, again");
  expect(await titles("detection=login&silenced=any")).toContain("Login of Eve, again");
  expect(await titles("silenced=true")).toEqual(["Login of Eve, again"]);
  const { body } = await story.api("POST", `/alerts/${silenced}/deliveries`, {
    destinationId: story.destination.id,
  });
  expect(body).toMatchObject({ status: 409, detail: expect.stringContaining("Lift its silence first") });
  await story.tocsin.idle();
  await story.slack.channel("#security").expectNoCard("Login of Eve, again");
});

test("lifting the silence of one alert announces it, and its list still has it", async () => {
  const { id: silence } = await created(
    story.api("POST", "/silences", { detection: "disk", reason: "Cleaning up", forMinutes: 60 }),
  );
  const id = await report("Disk is full", "disk");
  expect(await story.api("DELETE", `/alerts/${id}/silence`)).toMatchObject({ status: 204 });
  await card("Disk is full");
  expect((await sentences(id)).slice(1, 3)).toEqual([
    "Story lifted the silence of this alert",
    "Routed to Security because severity, type and log types match",
  ]);
  const [newest] = (await story.api("GET", "/audit-log")).body.results;
  expect(newest).toMatchObject({ action: "alert.silence_lifted", outcome: "ok", data: { silence } });
  expect(await story.api("DELETE", `/alerts/${id}/silence`)).toMatchObject({ status: 409 });
  expect(await titles(`silence=${silence}`)).toEqual(["Disk is full"]);
});

test("CRITICAL alerts are snoozed from Slack only after a second confirmation", async () => {
  const critical = { severity: "CRITICAL" };
  const id = await report("Root login", "root", critical);
  const posted = await card("Root login");
  await posted.menu("Snooze like this…", { as: "grace" });
  const form = await story.slack.dialogOf("grace", { titled: "Snooze like this" });
  await form.fill("CRITICAL alerts", ["yes"]);
  await form.fill("Why?", "Rotation");
  await form.submit();
  const preview = await story.slack.dialogOf("grace", { titled: "Snooze preview" });
  expect(await preview.text()).toContain("CRITICAL alerts are silenced too.");
  await preview.submit();
  await posted.expectReply("Grace snoozed alerts like this for 24 hours (root · from Okta): Rotation");
  const [newest] = (await story.api("GET", "/audit-log")).body.results;
  expect(newest).toMatchObject({ action: "silence.created", outcome: "ok", data: { alert: id } });
  expect(await alert(await report("Root login, again", "root", critical))).toMatchObject({
    silencedBy: expect.any(String),
  });
});

test("a silence is changed and ended by API, and stays in the list with who ended it", async () => {
  const refused = await story.api("POST", "/silences", { reason: "All", forMinutes: 5 });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: "detection" }] } });
  for (const wrong of [
    { detection: "x", forMinutes: 90 * 24 * 60 + 1 },
    { detection: "x" },
    { detection: "x", forMinutes: 5, until: "2030-01-01T00:00:00Z" },
    { forMinutes: 5, fields: [{ path: "a..b", op: "equals", value: "1" }] },
    { forMinutes: 5, severities: ["CRITICAL"] },
  ])
    expect(await story.api("POST", "/silences", { reason: "No", ...wrong })).toMatchObject({ status: 400 });
  const { id } = await created(
    story.api("POST", "/silences", { detection: "cron", reason: "Nightly job", forMinutes: 30 }),
  );
  const preview = { detection: "cron", fields: [{ path: "host", op: "matches", value: "*" }] };
  expect((await story.api("POST", "/silences/preview", preview)).body).toMatchObject({
    count: 0,
    complete: true,
  });
  const changed = await story.api("PATCH", `/silences/${id}`, { reason: "Nightly jobs", forMinutes: 120 });
  expect(changed).toMatchObject({ status: 200, body: { reason: "Nightly jobs", state: "running" } });
  const ended = await story.api("DELETE", `/silences/${id}`);
  expect(ended.body).toMatchObject({ state: "ended", endedBy: { name: "Story" } });
  expect(await story.api("PATCH", `/silences/${id}`, { reason: "Late" })).toMatchObject({ status: 409 });
  const past = (await story.api("GET", "/silences?state=past")).body.results;
  expect(past.map((one: { id: string }) => one.id)).toContain(id);
  const audited = (await story.api("GET", "/audit-log")).body.results.filter(
    ({ target }: { target: { id: string } | null }) => target?.id === id,
  );
  expect(audited.map(({ action }: { action: string }) => action)).toEqual([
    "silence.ended",
    "silence.changed",
    "silence.created",
  ]);
  // It was made of no alert.
  expect(audited.at(-1).data).toEqual({});
});

test("a person without a Tocsin user can't snooze, is told so privately, and it is audited", async () => {
  await report("Not snoozed", "other");
  const posted = await card("Not snoozed");
  await posted.menu("Snooze like this…", { as: "mallory" });
  await story.slack.expectPrivately("mallory", "No Tocsin user has the email mallory@acme.example");
  const [newest] = (await story.api("GET", "/audit-log")).body.results;
  expect(newest).toMatchObject({ action: "silence.created", outcome: "refused" });
});
