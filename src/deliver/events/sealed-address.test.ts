import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, openServer, type TestServer } from "../../../test/tocsin/server.ts";
import { destinationPurpose } from "../../secrets/vault.ts";
import { sealAddresses } from "./seal-addresses.ts";

let server: TestServer;
let api: Caller;
const id = "01a22a20-c409-7497-af5d-1aafbf620172";

beforeAll(async () => {
  server = await openServer({ WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" });
  api = await server.program();
});
afterAll(() => server.close());

const seal = (name: string, text: string) =>
  server.deps.outgoing.vault.seal(text, destinationPurpose(name, id)).toString("base64");
const stored = async () => {
  const { rows } = await sql<{ settings: Record<string, unknown>; sealed: Record<string, string> }>`
    select settings, sealed from destinations where id = ${id}`.execute(server.deps.db.kysely);
  return rows[0];
};

test("an address that the previous version stored is never shown, and is sealed at the next start", async () => {
  const { db, outgoing } = server.deps;
  const settings = { url: "https://127.0.0.1/hook/s3cret", headerNames: ["X-Team"], changes: true };
  const sealed = { headers: seal("headers", '{"X-Team":"soc"}'), secret: seal("secret", "of the receiver") };
  await sql`
    insert into destinations (id, type, display_name, severities, alert_types, log_types, timezone, place, settings, sealed)
    values (${id}, 'custom-webhook', 'SOAR', '{HIGH}', '{RULE}', '{}', 'UTC', '127.0.0.1',
      ${JSON.stringify(settings)}, ${JSON.stringify(sealed)})`.execute(db.kysely);
  const shown = { headerNames: ["X-Team"], changes: true, hints: { url: "https://127.0.0.1/…" } };
  const before = await api("GET", `/api/v1/destinations/${id}`);
  expect(before.body).toMatchObject({ ...shown, place: "127.0.0.1" });
  expect(before.text).not.toContain("s3cret");
  await sealAddresses(db, outgoing.vault);
  await sealAddresses(db, outgoing.vault);
  expect((await stored())?.settings).toEqual(shown);
  expect((await api("GET", `/api/v1/destinations/${id}`)).body).toMatchObject(shown);
  const { sealed: after = {} } = (await stored()) ?? {};
  const opened = Object.entries(after).map(([name, value]) => [
    name,
    outgoing.vault.unseal(Buffer.from(value, "base64"), destinationPurpose(name, id)),
  ]);
  expect(Object.fromEntries(opened)).toEqual({
    url: settings.url,
    headers: '{"X-Team":"soc"}',
    secret: "of the receiver",
  });
});

test("a change of an address in the old form keeps its secrets and seals it", async () => {
  await sql`
    update destinations set settings = settings || '{"url": "https://127.0.0.1/old"}', sealed = sealed - 'url'
    where id = ${id}`.execute(server.deps.db.kysely);
  expect((await api("PATCH", `/api/v1/destinations/${id}`, { changes: false })).status).toBe(200);
  const { settings, sealed } = (await stored()) ?? {};
  expect(settings).toEqual({
    headerNames: ["X-Team"],
    changes: false,
    hints: { url: "https://127.0.0.1/…" },
  });
  const url = Buffer.from(sealed?.url ?? "", "base64");
  expect(server.deps.outgoing.vault.unseal(url, destinationPurpose("url", id))).toBe("https://127.0.0.1/old");
});

test("an address is stored encrypted and never shown, and an empty one keeps it", async () => {
  const settings = { severities: ["LOW"], alertTypes: ["RULE"], timezone: "UTC", displayName: "SIEM" };
  const url = "https://127.0.0.1:8443/services/s3cret-path?sig=s3cret";
  const shown = { place: "127.0.0.1:8443", hints: { url: "https://127.0.0.1:8443/…" } };
  const made = await api("POST", "/api/v1/destinations", { type: "custom-webhook", url, ...settings });
  expect(made).toMatchObject({ status: 201, body: shown });
  const path = `/api/v1/destinations/${made.body.id}`;
  const changes = [
    { url: "", displayName: "SIEM 2" },
    { url: `${url}2` },
    { url: "https://me:s3cret@127.0.0.1/" },
  ];
  const answers = [made];
  for (const change of changes) answers.push(await api("PATCH", path, change));
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 400]);
  for (const read of [path, "/api/v1/destinations", "/api/v1/audit-log"])
    answers.push(await api("GET", read));
  const { db, outgoing } = server.deps;
  const { rows } = await sql<{ row: string; url: string }>`
    select d::text as row, sealed ->> 'url' as url from destinations d where id = ${made.body.id}
    union all select a::text, '' from audit_log a`.execute(db.kysely);
  expect(JSON.stringify([answers.map(({ text }) => text), rows, server.log])).not.toContain("s3cret");
  const purpose = destinationPurpose("url", made.body.id);
  expect(outgoing.vault.unseal(Buffer.from(rows[0]?.url ?? "", "base64"), purpose)).toBe(`${url}2`);
});
