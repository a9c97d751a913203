import { afterAll, beforeAll, expect, test } from "vitest";
import { type IdentityProvider, startIdentityProvider } from "../../../test/doubles/identity-provider.ts";
import { addMember, openServer, password, publicUrl } from "../../../test/tocsin/server.ts";
import { callerOf, oidcSettings, openVisitor } from "../../../test/tocsin/visitor.ts";

let idp: IdentityProvider;

beforeAll(async () => {
  idp = await startIdentityProvider({
    redirectUri: `${publicUrl}/auth/oidc/callback`,
    signedOutUri: `${publicUrl}/sign-in`,
  });
});
afterAll(() => idp.close());

test("the last user with Manage Users keeps it when their groups say less", async () => {
  const own = await openServer(oidcSettings(idp));
  const olga = openVisitor(own);
  await olga.signIn(idp.account("olga", { groups: ["tocsin-admins"] }));
  idp.account("olga", { groups: ["security"] });
  const again = openVisitor(own);
  expect((await again.signIn("olga")).status).toBe(302);
  const { body } = await callerOf(own, again)("GET", "/api/v1/session");
  expect(body.user).toMatchObject({ name: "olga", role: "Admin" });
  await own.close();
});

test("with a wrong secret or an unreachable provider the pages say so, and the server starts", async () => {
  const wrong = await openServer({ ...oidcSettings(idp), OIDC_CLIENT_SECRET: "another" });
  const refused = await openVisitor(wrong).signIn(idp.account("wendy"));
  expect(refused).toMatchObject({ status: 502, text: expect.stringContaining("client ID or secret") });
  await wrong.close();
  const gone = await startIdentityProvider({ redirectUri: publicUrl, signedOutUri: publicUrl });
  await gone.close();
  const down = await openServer({ ...oidcSettings(idp), OIDC_ISSUER: gone.issuer });
  const page = await openVisitor(down).open("/auth/oidc/start");
  expect(page).toMatchObject({ status: 502, text: expect.stringContaining("refuses the connection") });
  const other = await openServer({ ...oidcSettings(idp), OIDC_ISSUER: `${idp.issuer}/elsewhere` });
  expect((await openVisitor(other).open("/auth/oidc/start")).status).toBe(502);
  await Promise.all([down.close(), other.close()]);
});

test("only OpenID Connect refuses passwords and links to all but the emergency admin", async () => {
  const before = await openServer();
  const cli = await before.program();
  const first = await addMember(before, cli, "First", "Admin");
  const second = await addMember(before, cli, "Second", "Admin");
  const { body: third } = await cli("POST", "/api/v1/users", {
    email: "third@example.com",
    name: "Third",
    role: "Analyst",
  });
  const only = await openServer({ ...oidcSettings(idp), OIDC_ONLY: "true" }, { joins: before });
  const signIn = (email: string) =>
    only.caller({}, "192.0.2.77")("POST", "/api/v1/session", { email, password });
  expect(await signIn(second.email)).toMatchObject({
    status: 401,
    body: { detail: expect.stringContaining("Okta") },
  });
  expect((await signIn("nobody@example.com")).body).toEqual((await signIn(second.email)).body);
  expect((await signIn(first.email)).status).toBe(200);
  const token = new URL(third.setPasswordUrl).hash.slice(1);
  const link = await only.caller({})("POST", "/api/v1/password-links/use", { token, password });
  expect(link).toMatchObject({ status: 403, body: { detail: expect.stringContaining("Okta") } });
  const onlyCli = await only.program();
  expect((await onlyCli("POST", `/api/v1/users/${third.id}/password-link`)).status).toBe(409);
  expect((await onlyCli("POST", `/api/v1/users/${first.id}/password-link`)).status).toBe(201);
  const own = only.caller({ cookie: second.cookie, origin: publicUrl });
  const change = { currentPassword: password, newPassword: "an otter plays the marimba at dusk" };
  expect((await own("PUT", "/api/v1/session/password", change)).status).toBe(403);
  expect((await own("POST", "/api/v1/session/confirm", { password })).status).toBe(403);
  // The emergency admin keeps the role when they sign in at the provider.
  const byProvider = openVisitor(only);
  await byProvider.signIn(idp.account("first", { email: first.email }));
  expect((await callerOf(only, byProvider)("GET", "/api/v1/session")).body.user.role).toBe("Admin");
  const others = openVisitor(only, "198.51.100.7");
  await others.signIn(idp.account("second", { email: second.email }));
  expect((await callerOf(only, others)("GET", "/api/v1/session")).body.user.role).toBe("Analyst");
  expect((await only.caller({})("GET", "/api/v1/sign-in-ways")).body).toEqual({
    provider: { name: "Okta", url: "/auth/oidc/start" },
    passwords: "emergency admin",
  });
  await only.close();
  await before.close();
});
