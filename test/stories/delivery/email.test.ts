import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSmtp } from "../../doubles/smtp.ts";
import { created, type Story, startStory } from "../../tocsin/story.ts";

const password = "of-the-mail-server";
let story: Story;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
let destination: { id: string };
const log: string[] = [];

beforeAll(async () => {
  smtp = await startSmtp();
  smtp.usePassword(password);
  const url = `smtp://tocsin:${password}@127.0.0.1:${smtp.port}?from=tocsin@acme.example`;
  story = await startStory({ env: { SMTP_URL: url }, log: (entry) => log.push(entry) });
  destination = await created(story.api("POST", "/destinations", wish));
});
beforeEach(() => {
  smtp.mails.length = 0;
});
afterAll(async () => {
  expect(log.join()).not.toContain(password);
  await story.close();
  await smtp.close();
});

const wish = {
  type: "email",
  displayName: "SOC by email",
  to: ["soc@acme.example", "boss@acme.example"],
  severities: ["LOW", "MEDIUM", "HIGH", "CRITICAL"],
  alertTypes: ["RULE", "SYSTEM_ERROR"],
  logTypes: ["Mail"],
  timezone: "Europe/Berlin",
};
const openAlert = async (title: string, more: object = {}): Promise<string> => {
  const { body } = await story.send({ title, severity: "HIGH", logTypes: ["Mail"], ...more });
  return body.results[0].alertId;
};
const change = (id: string, body: object) => created(story.api("PATCH", `/alerts/${id}`, body));
const expectSubjects = () =>
  expect.poll(() => smtp.mails.map(({ headers }) => headers.subject), { timeout: 15_000 });
const stateOf = async () => (await story.api("GET", `/destinations/${destination.id}`)).body.state;
const deliveryOf = async (alertId: string) => {
  const { body } = await story.api("GET", `/alerts/${alertId}/deliveries`);
  return body.results.find((one: { destinationId: string }) => one.destinationId === destination.id);
};

test("an alert and its changes are one conversation, as text and as HTML", async () => {
  const alertId = await openAlert("Impossible travel <b>", { description: "Two sign-ins & more" });
  await expectSubjects().toEqual([expect.stringMatching(/^\[HIGH\] Impossible travel <b> \(#\d+\)$/)]);
  await change(alertId, { status: "TRIAGED" });
  await expectSubjects().toHaveLength(2);
  const [first, reply] = smtp.mails;
  expect(first).toMatchObject({
    to: ["soc@acme.example", "boss@acme.example"],
    headers: { from: "Tocsin <tocsin@acme.example>", "auto-submitted": "auto-generated", importance: "High" },
    text: expect.stringContaining("Two sign-ins & more"),
    html: expect.stringContaining("Two sign-ins &amp; more"),
  });
  expect(first?.html).not.toContain("travel <b>");
  expect(reply?.headers).toMatchObject({
    subject: `Re: ${first?.headers.subject}`,
    references: first?.headers["message-id"],
    "in-reply-to": first?.headers["message-id"],
  });
  expect(reply?.text).toContain("Story triaged the alert");
});

test("changes that wait become one email", async () => {
  const alertId = await openAlert("Busy");
  await expectSubjects().toHaveLength(1);
  for (const address of wish.to) smtp.refuseAddress(address, "451 4.3.2 Try again later");
  await change(alertId, { comment: "First" });
  await expect.poll(async () => (await deliveryOf(alertId)).tries.at(-1)).toMatchObject({ outcome: "retry" });
  await change(alertId, { status: "RESOLVED", comment: "Second" });
  for (const address of wish.to) smtp.refuseAddress(address, null);
  await story.pass("1 minute");
  await expectSubjects().toHaveLength(2);
  expect(smtp.mails[1]?.text).toMatch(/First[\s\S]*Second/);
});

test("a greylisted recipient gets the email later, under the same Message-ID", async () => {
  smtp.refuseAddress("boss@acme.example", "451 4.7.1 Greylisted, try again");
  const alertId = await openAlert("Greylisted");
  await expect.poll(async () => (await deliveryOf(alertId)).tries[0]).toMatchObject({ error: "smtp_451" });
  smtp.refuseAddress("boss@acme.example", null);
  await story.pass("2 seconds");
  await expect.poll(() => smtp.mails.at(-1)?.to).toEqual(["soc@acme.example", "boss@acme.example"]);
  expect(new Set(smtp.mails.map(({ headers }) => headers["message-id"])).size).toBe(1);
});

test.each([
  [["RCPT", "550 5.1.1 No such user"], "smtp_recipient", /Check the recipients/],
  [["AUTH", "535 5.7.8 Username and Password not accepted"], "smtp_auth", /Check both in SMTP_URL/],
  [["MAIL", "550 5.7.1 Sender not allowed"], "smtp_sender", /\?from=/],
] as [[string, string], string, RegExp][])(
  "the refusal %j holds emails and says what to do",
  async ([command, answer], fault, remedy) => {
    smtp.refuse([command, answer], [command, answer]);
    const alertId = await openAlert(`Held: ${fault}`);
    await expect.poll(stateOf).toMatchObject({ fault, remedy: expect.stringMatching(remedy) });
    await expect.poll(async () => (await deliveryOf(alertId)).state).toBe("held");
    smtp.refuse();
    await created(story.api("PATCH", `/destinations/${destination.id}`, { to: wish.to }));
    await expectSubjects().toContainEqual(expect.stringContaining(`Held: ${fault}`));
  },
);

test("an email whose content is refused waits, and others go out", async () => {
  smtp.refuse(["END", "554 5.7.1 Rejected as spam"]);
  const alertId = await openAlert("Looks like spam");
  await expect.poll(async () => (await deliveryOf(alertId)).tries[0]).toMatchObject({ error: "smtp_554" });
  await openAlert("Looks fine");
  await expectSubjects().toContainEqual(expect.stringContaining("Looks fine"));
});

test("a storm is one digest, and CRITICAL and HIGH alerts still get emails of their own", async () => {
  const report = { logTypes: ["Mail"], detection: { id: "Scan" } };
  const scans = Array.from({ length: 30 }, (_, n) => ({ ...report, title: `Scan ${n}`, severity: "LOW" }));
  for (const address of wish.to) smtp.refuseAddress(address, "451 4.3.2 Try again later");
  const { body } = await story.send([...scans, { ...report, title: "Breach", severity: "CRITICAL" }]);
  const low: string[] = body.results.map(({ alertId }: { alertId: string }) => alertId);
  await expect.poll(async () => (await deliveryOf(low[30] ?? "")).tries).toHaveLength(1);
  // A change of an alert that the digest stands for is under way when the digest goes out.
  const client = await story.tocsin.db.pool.connect();
  await client.query("begin");
  await client.query("select from alerts where id = $1 for update", [low[0]]);
  for (const address of wish.to) smtp.refuseAddress(address, null);
  await expectSubjects().toEqual([
    expect.stringContaining("[CRITICAL] Breach"),
    "[Digest] 30 alerts from Tocsin",
  ]);
  expect(smtp.mails[1]?.text).toMatch(/30 Low[\s\S]*Scan \(30\)/);
  await client.query("commit");
  client.release();
  await expect.poll(async () => (await deliveryOf(low[0] ?? "")).state).toBe("digested");
  const later = await openAlert("Scan again", { severity: "LOW" });
  await story.tocsin.idle();
  expect((await deliveryOf(later)).state).toBe("waiting");
  await story.pass("5 minutes");
  await expectSubjects().toContainEqual(expect.stringContaining("Scan again"));
  await created(story.api("POST", `/alerts/${low[0]}/deliveries`, { destinationId: destination.id }));
  await expectSubjects().toContainEqual(expect.stringMatching(/^\[LOW\] Scan \d+ /));
});

test("a fault of the Slack app is emailed, and a test can be sent", async () => {
  expect((await story.api("POST", `/destinations/${destination.id}/welcome`)).status).toBe(204);
  await expectSubjects().toEqual(["[TEST] Test event from Tocsin"]);
  await created(story.api("PATCH", `/destinations/${destination.id}`, { logTypes: [] }));
  await story.slack.ask("setApp", { state: "token_revoked" });
  await story.pass("1 minute");
  await expectSubjects().toContainEqual(expect.stringContaining("Alerts can't go out to Slack"));
  await story.slack.ask("setApp", { state: "installed" });
});

test("a bad recipient is refused with its field", async () => {
  const answer = await story.api("POST", "/destinations", { ...wish, displayName: "Other", to: ["nobody"] });
  expect(answer).toMatchObject({
    status: 400,
    body: {
      errors: [{ field: expect.stringContaining("to"), detail: expect.stringContaining("email address") }],
    },
  });
});
