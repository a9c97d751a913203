import { Secret, TOTP } from "otpauth";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import { type Browsing, startChromium } from "../../browser/chromium.ts";
import { password, whyNoConsole } from "../../browser/console-browser.ts";
import { freePort } from "../../tocsin/empty-tocsin.ts";
import { type BareStory, startBareStory } from "../../tocsin/story.ts";

const title = `second factors in the Console${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;
const email = "ada@acme.example";

describe.skipIf(whyNoConsole)(title, { timeout: 120_000 }, () => {
  let story: BareStory;
  let browser: Browsing;
  let context: BrowserContext;
  let page: Page;
  let recoveryCode = "";

  beforeAll(async () => {
    const port = await freePort();
    // Browsers make passkeys for localhost, but not for an address.
    const origin = `http://localhost:${port}`;
    story = await startBareStory({ port, env: { PUBLIC_URL: origin } });
    const made = await story.api("POST", "/users", { email, name: "Ada", role: "Admin" });
    browser = await startChromium();
    context = await browser.newContext({ baseURL: origin });
    page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        ...{ protocol: "ctap2", transport: "internal", automaticPresenceSimulation: true },
        ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
      },
    });
    await page.goto(made.body.setPasswordUrl);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Set password and sign in" }).click();
    await page.getByText("No alerts yet").waitFor();
  });
  afterAll(async () => {
    await browser.close();
    await story.close();
  });

  const enterPassword = async () => {
    await page.goto("/sign-in?next=/account");
    await page.getByRole("textbox", { name: "Email" }).fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Second factor" }).waitFor();
  };
  const signOut = () => context.clearCookies({ name: "tocsin_session" });
  const section = () => page.getByRole("region", { name: "Second factors", exact: true });
  const appOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  let app = new TOTP();

  test("a person adds a passkey, and keeps the recovery codes", async () => {
    await page.goto("/account");
    await section()
      .getByText(/a stolen password is not enough/)
      .waitFor();
    await page.getByRole("button", { name: "Add passkey" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Work laptop");
    await page.getByRole("button", { name: "Continue" }).click();
    const codes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
    await codes.first().waitFor();
    expect(await codes.count()).toBe(10);
    recoveryCode = (await codes.first().textContent()) ?? "";
    expect(await violations(page, "wcag")).toEqual([]);
    await page.getByRole("button", { name: "I have kept the codes" }).click();
    expect(await page.getByRole("row", { name: /Work laptop/ }).textContent()).toMatch(/Passkey.*Never/s);
  });

  test("the sign-in asks for the passkey after the password", async () => {
    await signOut();
    await enterPassword();
    expect(await violations(page, "wcag")).toEqual([]);
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await page.getByRole("row", { name: /Work laptop/ }).waitFor();
  });

  test("a passkey confirms the session for a change, and the authenticator app is added", async () => {
    await story.pass("6 minutes");
    await page.getByRole("button", { name: "Add authenticator app" }).click();
    await page.getByRole("button", { name: "Use a passkey" }).click();
    await page.getByRole("img", { name: /QR code/ }).waitFor();
    expect(await violations(page, "wcag")).toEqual([]);
    const secret = (await page.getByRole("dialog").locator("pre").textContent()) ?? "";
    app = appOf(secret);
    await page.getByRole("textbox", { name: "Code" }).fill("000000");
    await page.getByRole("button", { name: "Add app" }).click();
    await page
      .getByText(/not the current code/)
      .first()
      .waitFor();
    const code = app.generate({ timestamp: story.now().getTime() });
    await page.getByRole("textbox", { name: "Code" }).fill(code);
    await page.getByRole("button", { name: "Add app" }).click();
    await page.getByRole("row", { name: /Authenticator app/ }).waitFor();
    expect(await violations(page, "wcag")).toEqual([]);
  });

  test("a code of the app or a recovery code signs in, and a wrong one says so", async () => {
    await signOut();
    await story.pass("1 minute");
    await enterPassword();
    await page.getByRole("textbox", { name: "Code" }).fill("000000");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText(/wrong or was used before/).waitFor();
    const code = app.generate({ timestamp: story.now().getTime() });
    await page.getByRole("textbox", { name: "Code" }).fill(code);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("row", { name: /Authenticator app/ }).waitFor();
    await signOut();
    await enterPassword();
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByRole("textbox", { name: "Recovery code" }).fill(recoveryCode);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("9 of 10 recovery codes are left.").waitFor();
  });

  test("an admin removes the factors and requires one: the next sign-in leads to adding it", async () => {
    const { body } = await story.api("GET", "/users");
    const ada = body.results.find((user: { email: string }) => user.email === email);
    expect((await story.api("DELETE", `/users/${ada.id}/second-factors`)).status).toBe(204);
    expect((await story.api("PATCH", "/settings", { requireSecondFactor: true })).status).toBe(200);
    await page.addInitScript(runTimersLate);
    await page.goto("/sign-in?next=/account");
    await page.getByRole("textbox", { name: "Email" }).fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Add a second factor" }).waitFor();
    expect(await page.getByRole("link", { name: "Alerts" }).count()).toBe(0);
    expect(await violations(page, "wcag")).toEqual([]);
    await page.getByRole("button", { name: "Add authenticator app" }).click();
    await page.getByRole("img", { name: /QR code/ }).waitFor();
    const added = appOf((await page.getByRole("dialog").locator("pre").textContent()) ?? "");
    const code = added.generate({ timestamp: story.now().getTime() });
    await page.getByRole("textbox", { name: "Code" }).fill(code);
    await page.getByRole("button", { name: "Add app" }).click();
    // The session is the last to say that the factor is there.
    const factorsRead = page.waitForResponse((answer) => answer.url().endsWith("/session/second-factors"));
    await page.route("**/api/v1/session", async (route) => {
      await factorsRead;
      await route.continue();
    });
    await page.getByRole("button", { name: "I have kept the codes" }).click();
    await page.getByRole("heading", { name: "Account" }).waitFor();
    await page.getByRole("row", { name: /Authenticator app/ }).waitFor();
  });
});

/** As in a busy browser: what was answered is shown late. The page for adding a factor once stayed open for good then. */
function runTimersLate() {
  const { setTimeout } = window;
  Object.assign(window, {
    setTimeout: (task: () => void, ms = 0) => setTimeout(task, Math.max(ms, 60)),
  });
}
