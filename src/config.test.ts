import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { readConfig } from "./config.ts";
import { settingNames } from "./settings.ts";

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
  ["PUBLIC_URL", "https://example.com/tocsin?x=1"],
  ["PUBLIC_URL", "https://example.com/a%2fb"],
  ["PUBLIC_URL", "https://user@example.com/tocsin"],
  ["PUBLIC_URL", "ftp://example.com"],
  ["DATABASE_URL", "mysql://example.com/tocsin"],
  ["SECRET_KEY", "0".repeat(63)],
  ["SECRET_KEY", "not a key, yet long enough to look like one"],
  ["TRUSTED_PROXIES", "10.0.0.0/8,proxy"],
  ["SLACK_API_URL", "slack.com/api"],
  ["SMTP_URL", "mail.example.com:587"],
  ["SMTP_URL", "smtp://mail.example.com?from=Tocsin"],
  ["OIDC_ISSUER", "idp.example.com"],
  ["OIDC_ISSUER", "http://idp.example.com"],
  ["OIDC_ISSUER", "https://login.microsoftonline.com/common/v2.0"],
  ["OIDC_ISSUER", "https://login.microsoftonline.com/organizations/v2.0"],
  ["OIDC_SCOPES", "email profile"],
  ["OIDC_GROUPS_CLAIM", "groups,,roles"],
  ["OIDC_ROLES", "security"],
  ["OIDC_ROLES", "security=,admins=Admin"],
  ["OIDC_ONLY", "yes"],
  ["OIDC_EMERGENCY_ADMIN", "Ada"],
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

const oidc = {
  OIDC_ISSUER: "https://idp.example.com/realms/acme",
  OIDC_CLIENT_ID: "tocsin",
  OIDC_CLIENT_SECRET: "a secret",
  OIDC_ROLES: "tocsin-admins=Admin, CN=sec\\,OU=groups=Analyst",
};

test("OpenID Connect needs an issuer, a client and roles, and has a default for the rest", () => {
  expect(readConfig({}).oidc).toBeUndefined();
  expect(readConfig(oidc).oidc).toEqual({
    issuer: "https://idp.example.com/realms/acme",
    clientId: "tocsin",
    clientSecret: "a secret",
    scopes: "openid email profile",
    groupsClaims: ["groups"],
    roles: [
      { group: "tocsin-admins", role: "Admin" },
      { group: "CN=sec,OU=groups", role: "Analyst" },
    ],
    name: "SSO",
    only: false,
    emergencyAdmin: undefined,
  });
  expect(() => readConfig({ OIDC_ONLY: "true" })).toThrow(
    /OIDC_ISSUER is missing, and OIDC_ONLY.+CLIENT_ID is missing.+CLIENT_SECRET is missing.+ROLES is missing/s,
  );
});

test("the address of the discovery document is taken as the issuer", () => {
  const { issuer } = readConfig({
    ...oidc,
    OIDC_ISSUER:
      "https://login.microsoftonline.com/8c2b6ab0-1c7a-4c1e-9d0b-0f6d3f1a2b3c/v2.0/.well-known/openid-configuration",
  }).oidc ?? { issuer: "" };
  expect(issuer).toBe("https://login.microsoftonline.com/8c2b6ab0-1c7a-4c1e-9d0b-0f6d3f1a2b3c/v2.0");
});

test("a secret is read from the file that NAME_FILE names", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "secret");
  await writeFile(file, "from a file\n");
  const { OIDC_CLIENT_SECRET: _, ...others } = oidc;
  expect(readConfig({ ...others, OIDC_CLIENT_SECRET_FILE: file }).oidc?.clientSecret).toBe("from a file");
  await writeFile(file, key.toString("base64"));
  expect(readConfig({ SECRET_KEY_FILE: file }).secretKey?.export()).toEqual(key);
  const refused = (env: Record<string, string>) => expect(() => readConfig(env));
  refused({ SECRET_KEY: key.toString("hex"), SECRET_KEY_FILE: file }).toThrow("SECRET_KEY_FILE too");
  refused({ ...others, OIDC_CLIENT_SECRET_FILE: join(folder, "none") }).toThrow(
    "can't be read: there is no such file",
  );
  await writeFile(file, " ");
  refused({ ...others, OIDC_CLIENT_SECRET_FILE: file }).toThrow("is empty");
  expect(readConfig({ PORT_FILE: file }).port).toBe(4000);
  await rm(folder, { recursive: true });
});
