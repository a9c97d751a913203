import { readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { readConfig, settingNames } from "./config.ts";

const key = Buffer.alloc(32, 7);
const database = "postgres://tocsin@db.example.com/tocsin";

test("an empty environment gives the defaults", () => {
  expect(readConfig({})).toMatchObject({
    port: 4000,
    publicUrl: "http://localhost:4000",
    databaseUrl: undefined,
    secretKey: undefined,
    slackApiUrl: "https://slack.com/api/",
  });
});

test("an empty variable counts as unset", () => {
  expect(readConfig({ PORT: "", SECRET_KEY: " ", DATABASE_URL: "" })).toEqual(readConfig({}));
});

test("PUBLIC_URL defaults to the port, and loses a trailing slash", () => {
  expect(readConfig({ PORT: "8080" }).publicUrl).toBe("http://localhost:8080");
  expect(readConfig({ PUBLIC_URL: "https://Tocsin.Example.com/" }).publicUrl).toBe(
    "https://tocsin.example.com",
  );
});

test("SLACK_API_URL gets a trailing slash", () => {
  expect(readConfig({ SLACK_API_URL: "http://gw.example.com/api" }).slackApiUrl).toBe(
    "http://gw.example.com/api/",
  );
});

test.each(["hex", "base64", "base64url"] as const)("SECRET_KEY can be written in %s", (encoding) => {
  expect(readConfig({ SECRET_KEY: key.toString(encoding) }).secretKey?.export()).toEqual(key);
});

test("a printed configuration does not show the secret key", () => {
  expect(inspect(readConfig({ SECRET_KEY: key.toString("hex") }), { depth: 9 })).not.toContain("7, 7, 7");
});

test("a bad start lists all faults at once, each with a valid form and a hint", () => {
  const start = () => readConfig({ PORT: "http", PUBLIC_URL: "tocsin.example.com", DATABASE_URL: database });
  expect(start).toThrow(/PORT is "http".+PUBLIC_URL is "tocsin\.example\.com".+SECRET_KEY is missing/s);
  expect(start).toThrow(/Expected: a port.+Hint: create one with `openssl rand -base64 32`/s);
});

test.each([
  ["PORT", "65536"],
  ["PUBLIC_URL", "https://example.com/tocsin"],
  ["PUBLIC_URL", "ftp://example.com"],
  ["DATABASE_URL", "mysql://example.com/tocsin"],
  ["SECRET_KEY", "0".repeat(63)],
  ["SECRET_KEY", "not a key, yet long enough to look like one"],
  ["TRUSTED_PROXIES", "10.0.0.0/8,proxy"],
  ["SLACK_API_URL", "slack.com/api"],
  ["SMTP_URL", "mail.example.com:587"],
  ["SMTP_URL", "smtp://mail.example.com?from=Tocsin"],
])("%s=%s is refused", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(`  ${name} is `);
});

test("the sender of emails is `from` in SMTP_URL, otherwise tocsin@ at PUBLIC_URL's host", () => {
  const { smtp } = readConfig({
    SMTP_URL: "smtps://me:secret@mail.example.com/?from=soc@example.com&pool=true",
  });
  expect(smtp).toEqual({ url: "smtps://me:secret@mail.example.com/?pool=true", from: "soc@example.com" });
  const byDefault = readConfig({ SMTP_URL: "smtp://127.0.0.1:25", PUBLIC_URL: "https://tocsin.example.com" });
  expect(byDefault.smtp?.from).toBe("tocsin@tocsin.example.com");
});

test("an invalid secret is not printed", () => {
  expect(() => readConfig({ SECRET_KEY: "hunter2", DATABASE_URL: "pg://u:hunter2@h/d" })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
  );
});

test(".env.example has every setting, and no other", async () => {
  const lines = (await readFile(".env.example", "utf8")).split("\n");
  const named = lines.map((line) => /^#?([A-Z_]+)=/.exec(line)?.[1]).filter((name) => name !== undefined);
  expect(named).toEqual(settingNames);
});
