import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Caller, openServer, type TestServer } from "../../../test/tocsin/server.ts";
import { destinationPurpose } from "../../secrets/vault.ts";

let server: TestServer;
let api: Caller;
const id = "01a22a20-c409-7497-af5d-1aafbf620172";

beforeAll(async () => {
  server = await openServer({ WEBHOOK_ALLOW_PRIVATE: "127.0.0.1" });
  api = await server.program();
});
afterAll(() => server.close());

const seal = (name: string, text: string) =>
  server.deps.outgoing.vault.seal(text, destinationPurpose(name, id));

test("a webhook that a node of the previous version creates and changes is known here, and the other way round", async () => {
  const { kysely } = server.deps.db;
  await sql`
    insert into destinations (id, type, display_name, severities, alert_types, log_types, timezone)
    values (${id}, 'custom-webhook', 'SOAR', '{HIGH}', '{RULE}', '{}', 'UTC')`.execute(kysely);
  await sql`
    insert into webhooks (destination_id, url, header_names, headers, secret, changes_since)
    values (${id}, 'https://127.0.0.1/old', '{X-Team}', ${seal("headers", '{"X-Team":"soc"}')},
      ${seal("secret", "of the receiver")}, now())`.execute(kysely);
  expect((await api("GET", `/api/v1/destinations/${id}`)).body).toMatchObject({
    url: "https://127.0.0.1/old",
    place: "127.0.0.1",
    headerNames: ["X-Team"],
    changes: true,
  });
  const line = sql<{ line: string }>`select line from destinations where id = ${id}`;
  expect((await line.execute(kysely)).rows).toEqual([{ line: `webhook:${id}` }]);
  const change = { url: "https://127.0.0.1/new", changes: false };
  expect((await api("PATCH", `/api/v1/destinations/${id}`, change)).status).toBe(200);
  const { rows } = await sql<{ url: string; secret: Buffer; headers: Buffer }>`
    select url, header_names, changes_since, secret, headers from webhooks where destination_id = ${id}`.execute(
    kysely,
  );
  expect(rows).toMatchObject([
    { url: "https://127.0.0.1/new", header_names: ["X-Team"], changes_since: null },
  ]);
  const unseal = (name: "secret" | "headers") =>
    server.deps.outgoing.vault.unseal(rows[0]?.[name] ?? Buffer.alloc(0), destinationPurpose(name, id));
  expect([unseal("secret"), unseal("headers")]).toEqual(["of the receiver", '{"X-Team":"soc"}']);
  await sql`update webhooks set url = 'https://127.0.0.1/older' where destination_id = ${id}`.execute(kysely);
  expect((await api("GET", `/api/v1/destinations/${id}`)).body.url).toBe("https://127.0.0.1/older");
});
