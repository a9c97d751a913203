import { createHash, createHmac, createSecretKey, randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startSyslog } from "../../../test/doubles/syslog.ts";
import { type Receiver, startReceiver } from "../../../test/receiver.ts";
import { type Caller, openServer, publicUrl, type TestServer } from "../../../test/tocsin/server.ts";
import { transaction } from "../../db/transaction.ts";
import { usualPace } from "../../pace.ts";
import { canonicalJson } from "../../people/audit-log/canonical-json.ts";
import { chainEntries } from "../../people/audit-log/chain.ts";
import { resealAll } from "../../secrets/rotate-key.ts";
import { openVault } from "../../secrets/vault.ts";
import { sendAuditEntries } from "./send-entries.ts";
import { readReceiver } from "./streams.ts";
import { frame, type SyslogEntry, syslogMessage } from "./syslog-message.ts";

let server: TestServer;
let admin: Caller;
let receiver: Receiver;
let syslog: Awaited<ReturnType<typeof startSyslog>>;
const streams = "/api/v1/audit-log/streams";

beforeAll(async () => {
  receiver = await startReceiver();
  syslog = await startSyslog();
  server = await openServer({ WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" });
  admin = await server.program();
});
afterAll(async () => {
  await server.close();
  await syslog.close();
  await receiver.close();
});
beforeEach(() => receiver.always({ status: 204 }));

/** What the watch does each second. */
async function tick(kind: "webhook" | "syslog"): Promise<void> {
  const { db, outgoing } = server.deps;
  await chainEntries(db);
  // Tries again at once what has failed before.
  await db.kysely
    .updateTable("audit_streams")
    .set({ run_at: new Date(0) })
    .execute();
  await sendAuditEntries({ db, outgoing, publicUrl, pace: usualPace, log: () => {} }, kind);
}
const change = (maxTokenDays: number) => admin("PATCH", "/api/v1/settings", { maxTokenDays });
const stateOf = async (kind: string) =>
  (await admin("GET", streams)).body.results.find((one: { kind: string }) => one.kind === kind);
const values = () => receiver.accepted.map(({ body }) => body.changes.maxTokenDays?.to).filter(Boolean);

test("a webhook gets each entry signed and in order, from now on, and again after it was down", async () => {
  await change(100);
  await chainEntries(server.deps.db);
  const saved = await admin("PUT", `${streams}/webhook`, { url: receiver.url });
  expect(saved.body).toMatchObject({
    kind: "webhook",
    place: new URL(receiver.url).host,
    secret: expect.stringMatching(/^whsec_/),
  });
  for (const days of [101, 102, 103]) await change(days);
  receiver.next({ status: 204 }, { status: 204 }, { status: 503 });
  await tick("webhook");
  expect(await stateOf("webhook")).toMatchObject({
    fault: { code: "http_503", remedy: expect.stringContaining("answered 503") },
    lastSentAt: expect.any(String),
  });
  await tick("webhook");
  expect(await stateOf("webhook")).toMatchObject({ fault: null, waiting: 0 });
  expect(values()).toEqual([101, 102, 103]);
  const [first] = receiver.accepted.filter(({ body }) => body.changes.maxTokenDays);
  const { headers, text, body } = first ?? { headers: {}, text: "", body: {} };
  const signed = createHmac("sha256", saved.body.secret).update(
    `v1:${headers["x-tocsin-timestamp"]}:${text}`,
  );
  expect(headers).toMatchObject({
    "x-tocsin-event": "audit.entry",
    "x-tocsin-event-id": body.id,
    "x-tocsin-signature": `v1=${signed.digest("hex")}`,
  });
  expect(body.sentence).toBe("The API token “program” changed the setting “max token days” from 100 to 101");
  const { sentence: _, chain, ...record } = body;
  const hash = createHash("sha256")
    .update(`${chain.previous}\n${canonicalJson(record)}`)
    .digest("hex");
  expect(chain.hash).toBe(hash);
});

test("a webhook that refuses is a setup fault with what to do, until it takes entries again", async () => {
  receiver.always({ status: 401 });
  await change(104);
  await tick("webhook");
  const faults = async () => (await admin("GET", "/api/v1/setup-faults")).body.results;
  expect(await faults()).toMatchObject([
    {
      title: `The audit log can't be sent to ${new URL(receiver.url).host}`,
      fault: "http_401",
      of: "audit-log/streaming",
    },
  ]);
  receiver.always({ status: 200 });
  await tick("webhook");
  expect(await faults()).toEqual([]);
  expect(values().at(-1)).toBe(104);
});

test("a changed address keeps the place in the log, and its secret unless a new one is given", async () => {
  const { body } = await admin("PUT", `${streams}/webhook`, { url: `${receiver.url}/other` });
  expect(body.secret).toBeNull();
  await change(105);
  await tick("webhook");
  expect(values().at(-1)).toBe(105);
  const [entry] = (await admin("GET", "/api/v1/audit-log?action=audit_stream.changed")).body.results;
  expect(entry.changes.url).toBeUndefined();
  expect(JSON.stringify((await admin("GET", "/api/v1/audit-log?action=audit_stream")).body)).not.toContain(
    "/hook",
  );
});

test.each([
  ["webhook", { url: "https://10.1.2.3/hook" }, "url", "private address"],
  ["webhook", { url: "not a URL" }, "url", "full URL"],
  ["syslog", { host: "192.168.1.1" }, "host", "private address"],
  ["syslog", { host: "a b" }, "host", "a host name"],
  ["syslog", { host: "localhost", ca: "nonsense" }, "ca", "certificates in PEM"],
])("%s %j is refused", async (kind, body, field, text) => {
  const answer = await admin("PUT", `${streams}/${kind}`, body);
  expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  expect(answer.body.errors[0].detail).toContain(text);
});

test("a syslog server gets entries over TLS, as frames that count octets", async () => {
  const put = await admin("PUT", `${streams}/syslog`, {
    host: "localhost",
    port: syslog.port,
    ca: syslog.ca,
  });
  expect(put.status).toBe(200);
  await change(106);
  await tick("syslog");
  expect(await stateOf("syslog")).toMatchObject({ fault: null, waiting: 0 });
  const message = syslog.messages.find((one) => one.includes("max token days")) ?? "";
  expect(message).toMatch(
    /^<110>1 20\d\d-\d\d-\d\dT[\d:]+\.\d{6}Z tocsin\.example\.com tocsin - settings\.changed \[tocsin@32473 entry="[\da-f-]{36}" seq="\d+" hash="[\da-f]{64}" previous="[\da-f]{64}" actorType="token" /,
  );
  expect(message).toMatch(
    /\] \ufeffThe API token “program” changed the setting “max token days” from 105 to 106$/,
  );
});

test("a syslog server that cuts the connection gets the entries again, and one with another certificate none", async () => {
  syslog.refuse(true);
  await change(107);
  await tick("syslog");
  expect((await stateOf("syslog")).fault).not.toBeNull();
  syslog.refuse(false);
  await tick("syslog");
  expect(await stateOf("syslog")).toMatchObject({ fault: null });
  expect(syslog.messages.filter((one) => one.includes("from 106 to 107"))).toHaveLength(1);
  await admin("PUT", `${streams}/syslog`, { host: "localhost", port: syslog.port });
  await tick("syslog");
  expect((await stateOf("syslog")).fault).toMatchObject({
    code: "bad_certificate",
    remedy: expect.stringContaining("CA certificate"),
  });
});

test("a test entry says at once whether it arrives", async () => {
  const failed = await admin("POST", `${streams}/syslog/test`);
  expect([failed.status, failed.body.detail]).toEqual([
    502,
    expect.stringContaining("certificate of localhost"),
  ]);
  const before = receiver.accepted.length;
  expect((await admin("POST", `${streams}/webhook/test`)).status).toBe(200);
  expect(receiver.accepted.slice(before)).toMatchObject([
    { body: { action: "audit_stream.tested", chain: null, data: { test: true } } },
  ]);
});

test("a rotation of the key takes the secrets of a receiver along", async () => {
  const { db, outgoing } = server.deps;
  const to = openVault(createSecretKey(randomBytes(32)));
  const before = await readReceiver(db.kysely, outgoing.vault, "webhook");
  await transaction(db, (tx) => resealAll(tx, { from: outgoing.vault, to }));
  expect(await readReceiver(db.kysely, to, "webhook")).toEqual(before);
  await transaction(db, (tx) => resealAll(tx, { from: to, to: outgoing.vault }));
});

test("a removed receiver gets nothing more", async () => {
  for (const kind of ["webhook", "syslog"])
    expect((await admin("DELETE", `${streams}/${kind}`)).status).toBe(204);
  expect((await admin("DELETE", `${streams}/syslog`)).status).toBe(404);
  expect((await admin("POST", `${streams}/syslog/test`)).status).toBe(404);
  const before = receiver.received.length;
  await change(108);
  await tick("webhook");
  expect(receiver.received).toHaveLength(before);
  expect((await admin("GET", "/api/v1/audit-log?action=audit_stream&limit=1")).body.results[0].sentence).toBe(
    "The API token “program” ended the sending of the audit log by syslog",
  );
});

const entry: SyslogEntry = {
  id: "0199f3c2-9000-7000-8000-00000000d001",
  at: "2026-03-01T14:02:10.123456Z",
  actor: { type: "user", id: "a", name: 'A "quoted" ] back\\slash\nname' },
  action: "PATCH /api/v1/users/:id",
  target: null,
  outcome: "refused",
  ...{ via: "api", ip: null, agent: null, slack: null, changes: {}, data: {} },
  sentence: "Somebody\n<110>1 forged",
  chain: null,
};

test("a name can neither leave its value nor begin another message", () => {
  expect(syslogMessage(entry, "tocsin.example.com")).toBe(
    '<108>1 2026-03-01T14:02:10.123456Z tocsin.example.com tocsin - PATCH_/api/v1/users/:id [tocsin@32473 entry="0199f3c2-9000-7000-8000-00000000d001" actorType="user" actorId="a" actorName="A \\"quoted\\" \\] back\\\\slash name" action="PATCH /api/v1/users/:id" outcome="refused" via="api" changes="{}" data="{}"] \ufeffSomebody <110>1 forged',
  );
  expect(frame("é")).toBe("2 é");
});

test("a message that is too long for receivers leaves out changes and data, and says so", () => {
  const long = syslogMessage({ ...entry, data: { text: "x".repeat(9000) } }, "h");
  expect(Buffer.byteLength(long)).toBeLessThan(8192);
  expect(long).toContain('cut="changes and data"');
});
