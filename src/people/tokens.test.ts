import { randomBytes } from "node:crypto";
import { v7 as uuid } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addMember, openServer, type TestServer } from "../../test/tocsin/server.ts";
import { up } from "../db/migrations/0044_tokens_for_good.ts";

let doors: TestServer;

beforeAll(async () => {
  doors = await openServer();
});
afterAll(() => doors.close());

/** Stores a token as the previous version did. */
async function store(more: {
  cidrs?: string[];
  made_by_token?: string;
  created_by?: string;
}): Promise<string> {
  const id = uuid();
  const row = { id, name: "script", token_hash: randomBytes(32), permissions: [], made_by_token: null };
  await doors.deps.db.kysely
    .insertInto("api_tokens")
    .values({ ...row, created_by: null, ...more })
    .execute();
  return id;
}

const tokenOf = (id: string) =>
  doors.deps.db.kysely
    .selectFrom("api_tokens")
    .select(["cidrs", "revoked_at"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

test("the migration narrows tokens that a token made, in every generation", async () => {
  const cidrs = ["10.1.0.0/16", "2001:db8::/32"];
  const parent = await store({ cidrs });
  const anywhere = await store({ made_by_token: parent });
  const wider = await store({ made_by_token: parent, cidrs: ["10.1.2.0/24", "10.0.0.0/8"] });
  const narrower = await store({ made_by_token: parent, cidrs: ["10.1.2.0/24"] });
  const grandchild = await store({ made_by_token: anywhere });
  const free = await store({});
  await up(doors.deps.db.kysely);
  for (const id of [anywhere, wider, grandchild]) expect((await tokenOf(id)).cidrs).toEqual(cidrs);
  expect((await tokenOf(narrower)).cidrs).toEqual(["10.1.2.0/24"]);
  expect((await tokenOf(free)).cidrs).toEqual([]);
});

test("the migration revokes the tokens of disabled users", async () => {
  const program = await doors.program();
  const users = [
    await addMember(doors, program, "Ada", "Analyst"),
    await addMember(doors, program, "Eve", "Analyst"),
  ];
  const [kept = "", revoked = ""] = await Promise.all(users.map(({ id }) => store({ created_by: id })));
  const disabled = doors.deps.db.kysely.updateTable("users").set({ enabled: false });
  await disabled.where("name", "=", "Eve").execute();
  await up(doors.deps.db.kysely);
  expect((await tokenOf(kept)).revoked_at).toBeNull();
  expect((await tokenOf(revoked)).revoked_at).not.toBeNull();
});
