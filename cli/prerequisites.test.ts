import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { shapeFault } from "../src/connect/app/shape-fault.ts";
import { unknownVerdict } from "../src/connect/app/verdict.ts";
import { explainConnection } from "../src/db/address.ts";
import { explainFailure as explainDataDir } from "../src/db/embedded/make-cluster.ts";
import { chooseUser } from "../src/db/embedded/native.ts";
import { clockFinding } from "./doctor/check-clock.ts";
import { checkAuthorities } from "./doctor/check-connections.ts";
import { choosePort, listenFault } from "./process.ts";

const folder = mkdtempSync(join(tmpdir(), "tocsin-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const coded = (code: string) => Object.assign(new Error(code), { code });
const thrown = (work: () => unknown): string => {
  try {
    work();
    return "";
  } catch (fault) {
    return String(fault);
  }
};
const start = (env: Record<string, string>) => thrown(() => readConfig(env));
const toDatabase = (fault: Error) =>
  explainConnection(fault, "DATABASE_URL", "postgres://tocsin:secret@db.example:5432/desk");
const database = (code: string) => toDatabase(coded(code));
const refusing = (code: string) =>
  toDatabase(Object.assign(new pg.DatabaseError("no", 2, "error"), { code }));
const listening = (code: string) =>
  String(listenFault(coded(code), { port: 80, host: "192.0.2.1", setting: "PORT" }));
const now = new Date("2026-11-30T12:07:03Z");

test.each([
  ["a port that is none", start({ PORT: "70000" }), 'PORT is "70000"'],
  ["PUBLIC_URL without a scheme", start({ PUBLIC_URL: "tocsin.example.com" }), "PUBLIC_URL is"],
  ["a key of the wrong length", start({ SECRET_KEY: "c2hvcnQ=" }), "SECRET_KEY is not valid"],
  ["an address that is none", start({ HOST: "not an address" }), "HOST is"],
  ["a proxy of another kind", start({ HTTPS_PROXY: "socks5://p:1" }), "HTTPS_PROXY is not valid"],
  [
    "a missing NAME_FILE",
    start({ SECRET_KEY_FILE: join(folder, "none") }),
    "can't be read: there is no such file",
  ],
  ["a folder as NAME_FILE", start({ SECRET_KEY_FILE: folder }), "can't be read: it is a folder"],
  ["an empty NAME_FILE", start({ SECRET_KEY_FILE: file("empty", "\n") }), "is empty"],
  [
    "DATABASE_URL without a key",
    start({ DATABASE_URL: "postgres://db/x" }),
    "SECRET_KEY is missing, and DATABASE_URL needs it",
  ],
  ["a port below 1024", listening("EACCES"), "may not listen on port 80: those below 1024 need root"],
  ["a port that is in use", listening("EADDRINUSE"), "Port 80 is in use"],
  ["an address of another machine", listening("EADDRNOTAVAIL"), "192.0.2.1 is no address of this machine"],
  [
    "a folder without access",
    String(explainDataDir("/data", coded("EACCES"))),
    "DATA_DIR /data: this user has no access to it",
  ],
  [
    "a read-only file system",
    String(explainDataDir("/data", coded("EROFS"))),
    "its file system is read-only",
  ],
  [
    "somebody else's database",
    thrown(() => chooseUser(1000, 999)),
    "belongs to user id 999, and Tocsin runs as 1000",
  ],
  [
    "an unknown database host",
    database("ENOTFOUND"),
    "DATABASE_URL (db.example:5432): Its name can't be resolved (DNS)",
  ],
  ["a database that refuses", database("ECONNREFUSED"), "Nothing listens there"],
  ["a database that is silent", database("ETIMEDOUT"), "It doesn't answer"],
  ["a wrong database password", refusing("28P01"), "Mend user or password"],
  ["an unknown database", refusing("3D000"), "Create it"],
  ["a database user without a way in", refusing("28000"), "sslmode=verify-full"],
  ["a database with another certificate", database("SELF_SIGNED_CERT_IN_CHAIN"), "sslrootcert"],
  ["authorities that are missing", checkAuthorities(join(folder, "none"))[0]?.text, "can't be used (ENOENT)"],
  ["authorities that are none", checkAuthorities(file("ca", "hello"))[0]?.text, "has no certificate in PEM"],
  [
    "swapped tokens",
    shapeFault("botToken", "xapp-1-A1-2-x")?.sentence,
    "This is an App-Level Token, not a Bot OAuth Token.",
  ],
  ["a token with a dash of a word processor", shapeFault("botToken", "xoxb-1–2")?.sentence, "contains “–”"],
  ["a masked secret", shapeFault("signingSecret", "••••")?.sentence, "masked value"],
  ["a Client ID as signing secret", shapeFault("signingSecret", "1.2")?.sentence, "This is a Client ID"],
  ["Slack out of reach", unknownVerdict("econnrefused").sentence, "slack.com refuses the connection."],
  [
    "a gateway in front of Slack",
    unknownVerdict("http_403").sentence,
    "Something between Tocsin and Slack answers 403",
  ],
  [
    "a clock that is ahead",
    clockFinding("Mon, 30 Nov 2026 12:00:00 GMT", now, "slack.com")?.text,
    "7 min 3 s ahead of that of slack.com",
  ],
  [
    "a clock that is behind",
    clockFinding("Mon, 30 Nov 2026 12:08:00 GMT", now, "slack.com")?.text,
    "57 s behind that of slack.com",
  ],
])("of %s the message names the cause", (_, message, cause) => {
  expect(message).toContain(cause);
});

test("a clock that agrees is not mentioned, nor an answer without a date", () => {
  expect(clockFinding("Mon, 30 Nov 2026 12:07:00 GMT", now, "slack.com")).toBeNull();
  expect(clockFinding(null, now, "slack.com")).toBeNull();
});

test("a port that is taken is found before anything starts", async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  await expect(choosePort(port, "127.0.0.1", "PORT")).rejects.toThrow(`Port ${port} is in use`);
  server.close();
});
