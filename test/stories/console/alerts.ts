import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ConsoleBrowser, Seat } from "../../browser/console-browser.ts";
import type { Desk } from "../../browser/console-desk.ts";
import { created, type Story } from "../../tocsin/story.ts";

const hostile = `Qq<img src=x onerror="hit=1"><script>hit=1</script> https://evil.example \u202Efdp.exe\u200B\u0007`;
const hostileReport = {
  ...{ title: hostile, severity: "HIGH", description: hostile, runbook: "javascript:hit=1" },
  ...{ reference: "https://wiki.acme.example/%E2%80%AEa", detection: { id: "qq", name: hostile } },
  ...{
    context: { [hostile]: hostile },
    logTypes: [hostile],
    tags: [hostile],
    reports: { [hostile]: ["T1"] },
  },
  event: { [hostile]: [hostile] },
};

/** Expects that text from outside adds no elements, scripts or links, except links for whole URLs. */
async function expectInert(page: Page, links: string[]): Promise<void> {
  const { said, ...did } = await page.evaluate(() => {
    const links = [...document.querySelectorAll("a")].map((a) => a.href);
    const told = [...document.querySelectorAll("[title], [aria-label]")].map(
      (one) => `${one.getAttribute("title")} ${one.getAttribute("aria-label")}`,
    );
    return {
      elements: document.querySelectorAll("main img, main script, main iframe").length,
      ran: "hit" in window,
      links: links.filter((to) => !to.startsWith(location.origin) && !/^https:..acme.slack.com/.test(to)),
      said: [...told, document.title, document.body.textContent].join(" "),
    };
  });
  expect(did).toEqual({ elements: 0, ran: false, links });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
  expect(said).not.toMatch(/[\u202E\u200B\u0007]/);
  expect(said).toContain("⟨U+202E⟩fdp.exe⟨U+200B⟩⟨U+0007⟩");
}

type Card = Awaited<ReturnType<ReturnType<Story["slack"]["channel"]>["expectCard"]>>;

/** By keyboard: resolves the alert of the page as benign, then calls it a false positive, and gives it a tag. */
async function disposeAndTag(page: Page, card: Card): Promise<void> {
  await page.keyboard.press("Shift+?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.keyboard.press("e");
  await page.keyboard.press("Escape");
  await page.keyboard.press("e");
  await page.getByRole("dialog", { name: /^Resolve #/ }).waitFor();
  await page.getByRole("combobox", { name: "Disposition" }).click();
  await page.getByRole("option", { name: "Duplicate of another alert" }).click();
  await page.getByLabel("Number of the other alert").fill("#999999");
  await page.getByRole("button", { name: "Resolve", exact: true }).click();
  await page.getByText("There is no alert #999999.").waitFor();
  await page.getByRole("combobox", { name: "Disposition" }).click();
  await page.getByRole("option", { name: "Benign" }).click();
  await page.getByRole("button", { name: "Resolve", exact: true }).click();
  await card.expectReply("Ada resolved the alert as Benign (expected) activity");
  await page.getByRole("button", { name: "Disposition: Benign" }).click();
  await page.getByRole("combobox", { name: "Disposition" }).click();
  await page.getByRole("option", { name: "False positive" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("button", { name: "Disposition: False positive" }).waitFor();
  await card.expectText("· False positive");
  await card.expectReply("Ada changed the disposition from Benign (expected) activity to False positive");
  await page.getByRole("button", { name: "Add tags" }).click();
  await page.getByRole("combobox", { name: "Tags" }).fill("scanner");
  await page.getByRole("combobox", { name: "Tags" }).press("Enter");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Ada added the tag “scanner”").waitFor();
}

/** By keyboard: takes the first alert of the list and gives it back, resolves it with a draft, and opens it again. */
async function assignAndResolve(
  page: Page,
  card: Card,
  shows: (text: string) => Promise<void>,
): Promise<void> {
  await page.keyboard.press("j");
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("By hand");
  await page.keyboard.press("a");
  await page.getByText(/is assigned to Ada/).waitFor();
  await page.keyboard.press("z");
  await page.getByText("Undone.").waitFor();
  await shows("Unassigned");
  await card.expectReply("Ada took the alert");
  await card.expectReply("Ada released the alert");
  await page.keyboard.press("x");
  await page.getByText("1 selected").waitFor();
  await page.keyboard.press("e");
  await page.locator("textarea:focus").waitFor();
  await page.keyboard.type("By keys");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("e");
  await page.locator("textarea:focus").waitFor();
  await page.keyboard.press("Control+Enter");
  await shows("Resolved");
  await card.expectReply("Ada resolved the alert: By keys");
  await page.getByRole("status").getByRole("button", { name: "Undo" }).last().click();
  await shows("Open");
  await card.expectReply("Ada reopened the alert");
}

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel("Email").fill("ada@acme.example");
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export function alertTests(desk: () => Desk): void {
  let story: Story;
  let browser: ConsoleBrowser;
  let ada: Seat;

  beforeAll(() => {
    ({ story, seat: ada, browser } = desk());
  });
  afterAll(() => expect(ada.faults).toEqual([]));
  afterEach(() => {
    expect(ada.faults).toEqual([]);
    return story.slack.expectNothingUnexpected();
  });

  const row = (alertTitle: string) => ada.page.getByRole("row", { name: alertTitle });
  const shows = (alertTitle: string, text: string) =>
    row(alertTitle).getByText(text).filter({ visible: true }).waitFor();
  const channel = () => story.slack.channel("#security");
  /** Sends a report while the list is open, and shows the new alert. */
  const report = async (alertTitle: string) => {
    if (!ada.page.url().endsWith("/alerts")) await ada.page.goto("/alerts");
    // Alerts that arrive before the page has caught up are in the list at once.
    await ada.page.locator("main[aria-busy=false]").waitFor();
    await ada.page
      .getByRole("table")
      .or(ada.page.getByText(/No alerts yet|No open alerts/))
      .waitFor();
    const { body } = await story.send({ title: alertTitle, severity: "HIGH" });
    await ada.page.getByRole("button", { name: "1 new" }).click();
    await row(alertTitle).waitFor();
    return { ...body.results[0], card: await channel().expectCard(alertTitle) };
  };

  test("an alert shows after “1 new” and is resolved with a comment, also in Slack and history", async () => {
    const { card } = await report("Impossible travel");
    await ada.page.getByRole("link", { name: "Impossible travel" }).click();
    await ada.page.getByRole("button", { name: "Status: Open" }).click();
    await ada.page.getByRole("menuitem", { name: "Resolved" }).click();
    await ada.page.getByLabel("What was it?").fill("VPN,\nconfirmed with Eve");
    await ada.page.getByRole("button", { name: "Resolve", exact: true }).click();
    await ada.page.getByRole("button", { name: "Status: Resolved" }).waitFor();

    const last = ada.page.getByRole("listitem").filter({ hasText: "Ada resolved the alert" });
    await last.getByText("VPN,\nconfirmed with Eve").waitFor();
    await card.expectText("Resolved: Impossible travel");
    await card.expectReply("Ada resolved the alert: VPN, confirmed with Eve");
  });

  test("a change in Slack shows in the list without a reload", async () => {
    const { card } = await report("New admin in AWS");
    await card.choose("Status", "Triaged", { as: "grace" });
    await shows("New admin in AWS", "Triaged");
    await card.choose("Assign", "grace", { as: "grace" });
    await shows("New admin in AWS", "Grace");
    await card.expectReply("Grace triaged the alert");
    await card.expectReply("Grace took the alert");
  });

  test("alerts are selected, assigned and resolved in the list by keyboard, with undo and drafts", async () => {
    const { alertId, card } = await report("By hand");
    await assignAndResolve(ada.page, card, (text) => shows("By hand", text));
    const { body } = await story.api("GET", `/alerts/${alertId}/history`);
    expect(body.results.at(-1)).toMatchObject({ via: "console", sentence: "Ada reopened the alert" });
  });

  test("a conflicting change is refused and shows the first person's change", async () => {
    const { number, card } = await report("Two at once");
    const other = await browser.again(ada);
    await other.page.route("**/api/v1/live", (route) => route.abort());
    await other.page.goto(`/alerts/${number}`);
    await other.page.getByRole("button", { name: "Status: Open" }).waitFor();
    await card.choose("Status", "Invalid", { as: "grace", comment: "A test" });
    await card.expectReply("Grace marked the alert as invalid (False positive): A test");
    await expect.poll(async () => (await story.api("GET", `/alerts/${number}`)).body.status).toBe("CLOSED");

    await other.page.getByRole("button", { name: "Status: Open" }).click();
    await other.page.getByRole("menuitem", { name: "Triaged" }).click();
    await other.page.getByRole("status").getByText("Nothing was changed.").waitFor();
    await other.page.getByRole("status").getByText("Grace").waitFor();
    await other.page.getByRole("button", { name: "Status: Invalid" }).waitFor();
    await other.page.context().close();
  });

  test("a click on a row opens the alert, which gets a disposition, another one and tags", async () => {
    const { page } = ada;
    const { card } = await report("Scanner again");
    await row("Scanner again").getByRole("cell").last().click();
    await page.getByRole("button", { name: "Status: Open" }).waitFor();
    await disposeAndTag(page, card);
    await page.goto("/alerts?disposition=FALSE_POSITIVE&tag=scanner");
    await shows("Scanner again", "False positive");
    await page.goto("/alerts");
  });

  test("filters are kept in the URL, survive a reload and can be cleared", async () => {
    await report("Filtered");
    await ada.page.getByRole("toolbar").getByRole("button", { name: "Severity" }).click();
    await ada.page.getByRole("option", { name: "Low" }).click();
    await ada.page.getByText("No alerts match these filters").waitFor();
    expect(new URL(ada.page.url()).search).toBe("?severity=LOW");
    await ada.page.reload();
    await ada.page.getByText("No alerts match these filters").waitFor();
    await ada.page.getByRole("button", { name: "Clear all" }).click();
    await row("Filtered").waitFor();
    expect(new URL(ada.page.url()).search).toBe("");
  });

  test("text from outside is shown as text, with nothing live and nothing hidden", async () => {
    const { body } = await story.send(hostileReport);
    const { number, alertId } = body.results[0];
    await created(story.api("POST", "/alert-comments", { alertId, body: hostile }));
    await (await channel().expectCard("Qq")).expectReply("Story commented");
    const { page } = ada;
    await page.goto("/alerts");
    await row("Qq<img").waitFor();
    await expectInert(page, []);
    await page.goto(`/alerts/${number}`);
    await page.getByText("Event 1").waitFor();
    await page.getByText("Story commented").waitFor();
    await expectInert(page, ["https://wiki.acme.example/%E2%80%AEa"]);
  });

  test("a signed-out user signs in and returns to the page they opened", async () => {
    const { page } = await browser.again(ada, { storageState: { cookies: [], origins: [] } });
    await page.goto("/alerts?status=RESOLVED");
    await signIn(page, "wrong, of course");
    await page.getByRole("alert").waitFor();
    await signIn(page, "correct horse battery staple");
    await page.getByRole("table").waitFor();
    expect(page.url()).toContain("/alerts?status=RESOLVED");
    await page.context().close();
  });
}
