import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { type IdentityProvider, startIdentityProvider } from "../../test/doubles/identity-provider.ts";
import { addMember, openServer, publicUrl, type TestServer } from "../../test/tocsin/server.ts";
import { checkMapping, checkProvider } from "./check-provider.ts";

let idp: IdentityProvider;
let server: TestServer;

beforeAll(async () => {
  idp = await startIdentityProvider({
    redirectUri: `${publicUrl}/auth/oidc/callback`,
    signedOutUri: publicUrl,
  });
  server = await openServer();
});
afterAll(async () => {
  await server.close();
  await idp.close();
});

const config = (more: Record<string, string> = {}) =>
  readConfig({
    ...{ PUBLIC_URL: publicUrl, OIDC_ISSUER: idp.issuer, OIDC_CLIENT_ID: idp.clientId },
    ...{ OIDC_CLIENT_SECRET: idp.clientSecret, OIDC_ROLES: "tocsin-admins=Admin", ...more },
  });

test("doctor names the redirect URI, and what a provider that fails needs", async () => {
  expect(await checkProvider(readConfig({}))).toEqual([]);
  expect(await checkProvider(config())).toEqual([
    { kind: "ok", text: expect.stringContaining(`${publicUrl}/auth/oidc/callback has to be registered`) },
  ]);
  const broken = async (more: Record<string, string>) => (await checkProvider(config(more))).at(-1);
  const fault = (text: string) => ({ kind: "broken", text: expect.stringContaining(text) });
  expect(await broken({ OIDC_CLIENT_SECRET: "another" })).toEqual(fault("OIDC_CLIENT_SECRET"));
  expect(await broken({ OIDC_ISSUER: `${idp.issuer}/` })).toBeDefined();
  expect(await broken({ OIDC_ISSUER: `${idp.issuer}/elsewhere` })).toEqual(fault("OIDC_ISSUER"));
  expect(await broken({ OIDC_ISSUER: "https://idp.invalid" })).toEqual(fault("can't be resolved"));
});

test("doctor says which roles don't exist, and who the emergency admin is", async () => {
  const { db } = server.deps;
  const check = (more: Record<string, string>) => checkMapping(db, config(more));
  expect(await check({})).toEqual([]);
  expect(await check({ OIDC_ROLES: "a=Ghost" })).toEqual([
    { kind: "broken", text: expect.stringContaining("There is no role Ghost") },
  ]);
  const only = { OIDC_ONLY: "true" };
  expect(await check(only)).toEqual([
    { kind: "broken", text: expect.stringContaining("no emergency admin") },
  ]);
  const ada = await addMember(server, await server.program(), "Ada", "Admin");
  expect(await check(only)).toEqual([{ kind: "ok", text: expect.stringContaining(ada.email) }]);
});
