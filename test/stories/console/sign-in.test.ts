import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Browsing, startChromium } from "../../browser/chromium.ts";
import { whyNoConsole } from "../../browser/console-browser.ts";
import { type IdentityProvider, startIdentityProvider } from "../../doubles/identity-provider.ts";
import { freePort } from "../../tocsin/empty-tocsin.ts";
import { type BareStory, startBareStory } from "../../tocsin/story.ts";

const title = `sign-in by OpenID Connect in the Console${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;

describe.skipIf(whyNoConsole)(title, { timeout: 120_000 }, () => {
  let idp: IdentityProvider;
  let story: BareStory;
  let browser: Browsing;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    idp = await startIdentityProvider({
      redirectUri: `${origin}/auth/oidc/callback`,
      signedOutUri: `${origin}/sign-in`,
    });
    story = await startBareStory({
      port,
      env: {
        ...{ PUBLIC_URL: origin, OIDC_ISSUER: idp.issuer, OIDC_CLIENT_ID: idp.clientId, OIDC_NAME: "Okta" },
        ...{ OIDC_CLIENT_SECRET: idp.clientSecret, OIDC_ROLES: "tocsin-admins=Admin", OIDC_ONLY: "true" },
      },
    });
    browser = await startChromium();
    context = await browser.newContext({ baseURL: origin });
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await story.close();
    await idp.close();
  });

  const signInAs = async (at: Page, name: string) => {
    await at.getByRole("textbox", { name: "Account" }).fill(name);
    await at.getByRole("button", { name: "Sign in" }).click();
  };

  test("a person of a mapped group signs in, and lands on the page that they wanted", async () => {
    idp.account("ada", { email: "ada@acme.example", name: "Ada Lovelace", groups: ["tocsin-admins"] });
    await page.goto("/configure/users");
    expect(await page.getByRole("textbox", { name: "Password" }).count()).toBe(0);
    await page.getByRole("link", { name: "Sign in with Okta" }).click();
    await signInAs(page, "ada");
    const row = page.getByRole("row", { name: /Ada Lovelace \(you\)/ });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/Admin.*Enabled/s);
  });

  test("a change that needs a fresh sign-in asks for it in a window, and is then made", async () => {
    await page.getByRole("link", { name: "API tokens" }).click();
    await page.getByRole("button", { name: "Create token" }).first().click();
    await page.getByRole("textbox", { name: "Name" }).fill("CI");
    await page.getByRole("checkbox", { name: "View Alerts" }).check();
    await page.getByRole("dialog").getByRole("button", { name: "Create token" }).click();
    const opened = context.waitForEvent("page");
    await page.getByRole("button", { name: "Sign in again with Okta" }).click();
    const window = await opened;
    await signInAs(window, "ada");
    await page.getByText(/tcn_/).waitFor();
  });

  test("signing out ends the session at the provider too", async () => {
    await page.goto("/account");
    await page.getByText("You sign in with Okta").waitFor();
    await page.getByRole("button", { name: "Ada Lovelace" }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("button", { name: /Yes, sign me out/ }).click();
    await page.getByRole("link", { name: "Sign in with Okta" }).click();
    await page.getByRole("textbox", { name: "Account" }).waitFor();
  });

  test("the emergency admin has the form for a password behind a button", async () => {
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Sign in as the emergency admin" }).click();
    await page.getByRole("textbox", { name: "Email" }).fill("ada@acme.example");
    await page.getByRole("textbox", { name: "Password" }).fill("whatever it may be");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText(/Only the emergency admin signs in by password/).waitFor();
  });
});
