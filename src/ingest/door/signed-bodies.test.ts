import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startSns } from "../../../test/doubles/sns.ts";
import { readRecorded } from "../../../test/read-recorded.ts";
import { type Caller, openServer, type TestServer } from "../../../test/tocsin/server.ts";
import { openIntake } from "../intake.ts";
import { guardduty } from "../sources/guardduty.ts";

let doors: TestServer;
let program: Caller;
let sns: Awaited<ReturnType<typeof startSns>>;

beforeAll(async () => {
  sns = await startSns();
  doors = await openServer({ WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" }, { doubles: sns.doubles });
  const { deps } = doors;
  deps.intake = openIntake(deps.db, { claiming: () => ({ room: 0, leaseSeconds: 0 }), onCommit: () => {} });
  program = await doors.program();
});
afterAll(async () => {
  await doors.close();
  await sns.close();
});

const make = async (kind: string, name = kind): Promise<{ id: string; key: string }> =>
  (await program("POST", "/api/v1/sources", { kind, name })).body;

type Headers = Record<string, string>;

async function post(id: string, payload: string | Buffer, headers: Headers = {}, query = "") {
  const url = `/api/v1/ingest/${id}${query}`;
  const answer = await doors.app.inject({ method: "POST", url, headers, payload });
  return { status: answer.statusCode, body: answer.json(), text: answer.body };
}

const sha256 = (key: string, body: string | Buffer) =>
  `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;

const signed = (key: string, body: string | Buffer): Headers => ({
  "content-type": "application/json",
  "x-github-event": "dependabot_alert",
  "x-hub-signature-256": sha256(key, body),
});

const created = readRecorded("github-dependabot");
const outcomes = ({ body }: { body: { results: { outcome: string }[] } }) =>
  body.results.map(({ outcome }) => outcome);

test("GitHub's signature of the body opens an alert, and the same body again counts once", async () => {
  const { id, key } = await make("github");
  expect(outcomes(await post(id, created, signed(key, created)))).toEqual(["opened"]);
  const replayed = { ...signed(key, created), "x-github-delivery": "another" };
  expect(outcomes(await post(id, created, replayed))).toEqual(["duplicate"]);
  const { body } = await program("GET", `/api/v1/sources/${id}`);
  expect(body.keys[0].lastUsedAt).not.toBeNull();
});

test("a wrong or missing signature is refused, and so is that of another body, source or key", async () => {
  const { id, key } = await make("github", "Strict");
  const other = await make("github", "Other");
  const right = sha256(key, created);
  for (const headers of [
    {},
    signed(`${key}x`, created),
    signed(other.key, created),
    signed(key, `${created} `),
    { "x-hub-signature-256": right.slice(0, -2) },
    { "x-hub-signature-256": right.replace("sha256=", "sha1=") },
    { "x-hub-signature-256": "" },
    { "x-hub-signature": right },
    { "x-hub-signature-256": right, "x-api-key": "tsk_wrong" },
  ]) {
    const refused = await post(id, created, headers);
    expect(refused.status, JSON.stringify(headers)).toBe(401);
    expect(refused.text).toContain("Unknown source or wrong key");
    expect(refused.text).not.toContain(key);
  }
  expect((await post(id, "{nonsense", signed("guess", "{nonsense"))).status).toBe(401);
  expect((await post(id, "{nonsense", signed(key, "{nonsense"))).status).toBe(400);
  expect(doors.log.join()).not.toContain(key);
});

test("a signature proves nothing to a source of another kind", async () => {
  const { id, key } = await make("native", "Plain");
  expect((await post(id, created, signed(key, created))).status).toBe(401);
});

test("both keys of a source can sign until one is revoked; a copy is stored encrypted for GitHub only", async () => {
  const { id, key } = await make("github", "Rotating");
  const { body: second } = await program("POST", `/api/v1/sources/${id}/keys`);
  const ping = JSON.stringify({ zen: "Keep it logically awesome.", hook_id: 1 });
  for (const one of [key, second.key])
    expect(outcomes(await post(id, ping, signed(one, ping)))).toEqual(["ignored"]);
  const { body } = await program("GET", `/api/v1/sources/${id}`);
  await program("DELETE", `/api/v1/sources/${id}/keys/${body.keys[0].id}`);
  expect((await post(id, ping, signed(key, ping))).status).toBe(401);
  expect(outcomes(await post(id, ping, signed(second.key, ping)))).toEqual(["ignored"]);
  const rows = await doors.deps.db.kysely.selectFrom("source_keys").select(["sealed", "hint"]).execute();
  expect(rows.some(({ sealed }) => sealed?.includes(second.key))).toBe(false);
  expect(rows.find(({ hint }) => second.key.endsWith(hint))?.sealed).not.toBeNull();
  expect(rows.filter(({ sealed }) => sealed === null).length).toBeGreaterThan(0);
});

test("a body above 1 MiB is refused before it is checked, and wrong signatures are limited by address", async () => {
  const { id, key } = await make("github", "Bounded");
  const large = Buffer.alloc(2 ** 20 + 1, " ");
  expect((await post(id, large, signed(key, large))).status).toBe(413);
  const wrong = Array.from({ length: 100 }, () => post(id, "{}", signed("guess", "{}")));
  expect((await Promise.all(wrong)).map(({ status }) => status)).toContain(429);
  expect(outcomes(await post(id, "{}", signed(key, "{}")))).toEqual(["ignored"]);
  doors.pass(120_000);
});

const finding = (id: string, more: object = {}) =>
  JSON.stringify({
    "detail-type": "GuardDuty Finding",
    id: `event of ${id}`,
    detail: { id, type: "Recon:EC2/Portscan", severity: 8, title: `Finding ${id}`, ...more },
  });

const deliver = async (source: { id: string; key: string }, envelope: Record<string, unknown>) =>
  post(source.id, JSON.stringify(envelope), { "content-type": "text/plain" }, `?key=${source.key}`);

test.each(["1", "2"])(
  "a message that SNS signed in version %s is opened, and counts once",
  async (version) => {
    const source = await make("guardduty", `Version ${version}`);
    const envelope = sns.envelope({ Message: finding("f1"), Subject: "Finding", SignatureVersion: version });
    expect(outcomes(await deliver(source, envelope))).toEqual(["opened"]);
    expect(outcomes(await deliver(source, envelope))).toEqual(["duplicate"]);
    const again = sns.envelope({ Message: finding("f1", { service: { count: 2 } }), MessageId: "another" });
    expect(outcomes(await deliver(source, again))).toEqual(["joined"]);
    expect(sns.requests.filter((path) => path.includes(".pem"))).toHaveLength(1);
  },
);

test("a message is refused whose signature, certificate or time is wrong, and nothing is fetched for it", async () => {
  const source = await make("guardduty", "Suspicious");
  const right = sns.envelope({ Message: finding("f2") });
  const hour = 3600 * 1000;
  const at = (milliseconds: number) => new Date(doors.deps.clock().getTime() + milliseconds).toISOString();
  const fetched = sns.requests.length;
  for (const [field, envelope] of [
    ["Signature", { ...right, Message: finding("f3") }],
    ["Signature", { ...right, MessageId: "another" }],
    ["Signature", { ...right, Signature: "EXAMPLE" }],
    ["Signature", { ...right, Signature: "" }],
    ["Signature", { ...right, SignatureVersion: "2" }],
    ["Signature", { ...right, Signature: undefined }],
    ["SignatureVersion", { ...right, SignatureVersion: "3" }],
    ["Message", { ...right, Message: { id: "f3" } }],
    ["Timestamp", sns.envelope({ Message: finding("f2"), Timestamp: at(-25 * hour) })],
    ["Timestamp", sns.envelope({ Message: finding("f2"), Timestamp: at(hour) })],
    ["Timestamp", sns.envelope({ Message: finding("f2"), Timestamp: "yesterday" })],
    ["SigningCertURL", { ...right, SigningCertURL: "https://sns.eu-central-1.example.com/a.pem" }],
    [
      "SigningCertURL",
      { ...right, SigningCertURL: `http://${sns.host}/SimpleNotificationService-abc123.pem` },
    ],
  ] as const) {
    const refused = await deliver(source, envelope);
    expect(refused, JSON.stringify(envelope)).toMatchObject({ status: 400, body: { results: [{ field }] } });
    expect(refused.text).not.toContain(source.key);
  }
  expect(sns.requests.length).toBe(fetched);
  const stray = await post(source.id, JSON.stringify([right]), {}, `?key=${source.key}`);
  expect(stray).toMatchObject({ status: 400, body: { results: [{ outcome: "invalid", field: "report" }] } });
  const wrongKey = await post(source.id, JSON.stringify(right), {}, "?key=tsk_wrong");
  expect(wrongKey.status).toBe(401);
});

test("a subscription is confirmed at SNS itself, with the topic and the token that were signed", async () => {
  const source = await make("security-hub", "Subscribing");
  expect(outcomes(await deliver(source, sns.subscription()))).toEqual(["ignored"]);
  const asked = sns.requests.at(-1) ?? "";
  expect(Object.fromEntries(new URLSearchParams(asked.split("?")[1]))).toEqual({
    Action: "ConfirmSubscription",
    TopicArn: sns.topic,
    Token: "2336412f37",
  });
  const count = sns.requests.length;
  for (const SubscribeURL of [
    "http://169.254.169.254/latest/meta-data/",
    "https://sns.eu-central-1.amazonaws.com.example.com/?Action=ConfirmSubscription",
    "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription",
    `http://${sns.host}/?Action=ConfirmSubscription`,
  ]) {
    const refused = await deliver(source, sns.subscription({ SubscribeURL }));
    expect(refused).toMatchObject({ status: 400, body: { results: [{ field: "SubscribeURL" }] } });
  }
  const unsigned = { ...sns.subscription(), SubscribeURL: `https://${sns.host}/?Action=DeleteTopic` };
  expect(await deliver(source, unsigned)).toMatchObject({
    status: 400,
    body: { results: [{ field: "Signature" }] },
  });
  expect(sns.requests.length).toBe(count);
  const outdated = await deliver(source, sns.subscription({ Token: "abc" }));
  expect(outdated).toMatchObject({ status: 400, body: { results: [{ field: "Token" }] } });
  const ended = sns.subscription({ Type: "UnsubscribeConfirmation" });
  expect(outcomes(await deliver(source, ended))).toEqual(["ignored"]);
});

test("SNS is asked to send again while its certificate can't be read", async () => {
  const source = await make("guardduty", "Unreachable");
  const SigningCertURL = `https://${sns.host}/SimpleNotificationService-new1.pem`;
  const envelope = sns.envelope({ Message: finding("f4"), SigningCertURL });
  expect(await deliver(source, envelope)).toMatchObject({ body: { results: [{ field: "SigningCertURL" }] } });
  sns.answerWith(500);
  expect((await deliver(source, envelope)).status).toBe(503);
  sns.answerWith(200);
});

test("a finding without an envelope needs only the key", async () => {
  const { id, key } = await make("guardduty", "EventBridge");
  const sent = await post(id, JSON.stringify(guardduty.sample), { "x-api-key": key });
  expect(outcomes(sent)).toEqual(["opened"]);
});

test("a GET is answered for Okta's verification of its own source only; all others are told to POST", async () => {
  const okta = await make("okta");
  const native = await make("native", "Not Okta");
  const challenge = { "x-okta-verification-challenge": "abc123" };
  const get = (id: string, headers: Headers = {}) =>
    doors.caller(headers, "192.0.2.77")("GET", `/api/v1/ingest/${id}`);
  expect(await get(okta.id, challenge)).toMatchObject({ status: 200, body: { verification: "abc123" } });
  for (const refused of [
    await get(okta.id),
    await get(okta.id, { "x-okta-verification-challenge": "x".repeat(1001) }),
    await get(native.id, challenge),
    await get("nowhere", challenge),
    await get("nowhere"),
  ]) {
    expect(refused).toMatchObject({ status: 405, headers: { allow: "POST" } });
    expect(refused.body.detail).toContain("POST");
  }
  const many = await Promise.all(Array.from({ length: 100 }, () => get("nowhere", challenge)));
  expect(many.map(({ status }) => status)).toContain(429);
});
