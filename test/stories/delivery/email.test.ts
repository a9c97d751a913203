import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
const mailsTo = (address: string) => smtp.mails.filter(({ to }) => to.includes(address));
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
  await story.pass("1 minute");
  await expectSubjects().toContainEqual(expect.stringMatching(/^Re: .*Alerts can't go out to Slack/));
});

test("an invitation and a password link are emailed, and shown whether or not that works", async () => {
  const wanted = { email: "kim@acme.example", name: "Kim", role: "Analyst" };
  const kim = await created(story.api("POST", "/users", wanted));
  expect(kim.mailed).toBe("sent");
  expect(mailsTo(wanted.email)).toMatchObject([
    {
      to: [wanted.email],
      headers: { subject: "Story invited you to Tocsin" },
      text: expect.stringContaining(kim.setPasswordUrl),
    },
  ]);
  smtp.refuse(["RCPT", "550 5.1.1 No such mailbox"]);
  const lou = await created(
    story.api("POST", "/users", { ...wanted, email: "lou@acme.example", name: "Lou" }),
  );
  expect(lou).toMatchObject({ mailed: "failed", setPasswordUrl: expect.stringContaining("/set-password#") });
  const link = await created(story.api("POST", `/users/${kim.id}/password-link`));
  expect(link.mailed).toBe("sent");
  expect(mailsTo(wanted.email)[1]).toMatchObject({
    headers: { subject: "Choose a new password for Tocsin" },
    text: expect.stringContaining(link.setPasswordUrl),
  });
  const secret = new URL(link.setPasswordUrl).hash.slice(1);
  expect(log.join()).not.toContain(secret);
});

describe("a person who wants emails about alerts that are assigned to them", () => {
  let grace: { id: string; call: (method: string, path: string, body?: object) => Promise<Response> };
  beforeAll(async () => {
    const person = { email: "grace.mails@acme.example", name: "Grace Mails", role: "Analyst" };
    const { id, setPasswordUrl } = await created(story.api("POST", "/users", person));
    const send = (headers: Record<string, string>) => (method: string, path: string, body?: object) =>
      fetch(`${story.origin}/api/v1${path}`, {
        method,
        headers: { ...(body && { "content-type": "application/json" }), ...headers },
        ...(body && { body: JSON.stringify(body) }),
      });
    const token = new URL(setPasswordUrl).hash.slice(1);
    const signedIn = await send({})("POST", "/password-links/use", {
      token,
      password: "an otter plays the marimba",
    });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    grace = { id, call: send({ cookie, origin: "https://tocsin.acme.example" }) };
  });
  const quiet = { logTypes: [] };
  const assign = (ids: string[], assignee: string | null) =>
    Promise.all(ids.map((id) => created(story.api("PATCH", `/alerts/${id}`, { assignee }))));
  const subjects = () => mailsTo("grace.mails@acme.example");

  test("gets none until they switch them on", async () => {
    const id = await openAlert("Before", quiet);
    await assign([id], grace.id);
    await story.pass("1 minute");
    await story.tocsin.idle();
    expect(subjects()).toEqual([]);
    const before = await (await grace.call("GET", "/session")).json();
    expect(before).toMatchObject({ mailWhenAssigned: false, hasMailServer: true });
    expect((await grace.call("PATCH", "/session", { mailWhenAssigned: true })).status).toBe(204);
    const { results } = (await story.api("GET", "/audit-log?limit=1")).body;
    expect(results).toMatchObject([
      { action: "user.changed", changes: { mailWhenAssigned: { from: false, to: true } } },
    ]);
  });

  test("gets one for all that somebody else assigned just now, and none for their own doing", async () => {
    const ids = [await openAlert("Secret title", quiet), await openAlert("Another", quiet)];
    await assign(ids, grace.id);
    const own = await openAlert("Taken", quiet);
    await grace.call("PATCH", `/alerts/${own}`, { assignee: grace.id });
    const gone = await openAlert("Given to another", quiet);
    await assign([gone], grace.id);
    await assign([gone], story.users.ada.id);
    smtp.refuse(["RCPT", "451 4.7.1 Greylisted"]);
    await story.pass("11 seconds");
    await story.tocsin.idle();
    await story.pass("1 minute");
    await story.tocsin.idle();
    expect(subjects()).toMatchObject([{ headers: { subject: "Tocsin: Story assigned 2 alerts to you" } }]);
    const { text } = subjects()[0] ?? { text: "" };
    expect(text).toMatch(/^#\d+ \(High\): https:\/\/tocsin.acme.example\/alerts\/\d+$/m);
    expect(text).not.toContain("Secret title");
    await story.pass("1 hour");
    await story.tocsin.idle();
    expect(subjects()).toHaveLength(1);
  });

  test("gets none after they are disabled", async () => {
    const id = await openAlert("Too late", quiet);
    await assign([id], grace.id);
    await created(story.api("PATCH", `/users/${grace.id}`, { enabled: false }));
    await story.pass("1 minute");
    await story.tocsin.idle();
    expect(subjects()).toEqual([]);
  });
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
