import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import type { Seat } from "../../browser/console-browser.ts";
import type { Desk } from "../../browser/console-desk.ts";
import { created, type Story, sendTo } from "../../tocsin/story.ts";

export function destinationTests(desk: () => Desk): void {
  let story: Story;
  let ada: Seat;
  const query = (sql: string) => story.tocsin.db.pool.query(sql);

  beforeAll(() => {
    ({ story, seat: ada } = desk());
  });
  afterAll(() => expect(ada.faults).toEqual([]));

  test("the page opens by its short URL and says that nothing is waiting", async () => {
    await ada.page.goto(`/destinations/${story.destination.id}`);
    await ada.page.getByRole("heading", { name: "Security", level: 1 }).waitFor();
    await ada.page.getByText("Nothing waiting.").waitFor();
    await ada.page.getByText("No attempts yet.").waitFor();
    expect(await violations(ada.page, "wcag")).toEqual([]);
  });

  test("the page lists held deliveries with the reason, in both themes and on a phone", async () => {
    const what = { kind: "error", error: "is_archived" } as const;
    const faults = [{ method: "chat.postMessage", channel: "#security", times: 1000, what }];
    await story.slack.ask("faults", { faults });
    await story.send({ title: "Held first", severity: "CRITICAL", detection: { id: "first" } });
    await ada.page.getByText("The delivery is held until this is fixed.").waitFor({ timeout: 20_000 });
    await story.send(
      Array.from({ length: 30 }, (_, n) => ({
        title: `Held ${n}`,
        severity: "HIGH",
        detection: { id: `${n}` },
      })),
    );
    const { page } = ada;
    await page.getByRole("alert").getByText("#security is archived.").waitFor();
    await page.getByRole("cell", { name: "Held" }).first().waitFor();
    await story.tocsin.idle();
    await page.getByRole("button", { name: "Load more" }).click();
    await page.getByRole("link", { name: "Held 29" }).waitFor();
    expect(await violations(ada.page, "wcag")).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("[data-mantine-color-scheme=dark]").waitFor();
    expect(await violations(ada.page, "wcag")).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("the page re-sends all failed deliveries", async () => {
    await story.slack.ask("faults", { faults: [] });
    await story.tocsin.idle();
    await query("update deliveries set state = 'failed', error = 'internal_error'");
    await query("update lines set fault = null, open_at = now() + interval '1 hour'");
    const { page } = ada;
    await page.reload();
    await page.getByText("Failed", { exact: true }).last().click();
    await page.getByRole("cell", { name: "internal_error" }).first().waitFor();
    await page.getByRole("button", { name: "Re-send all failed" }).click();
    await page.getByText("All failed deliveries are being sent again.").waitFor();
    await page.getByText("Nothing failed.").waitFor();
    const { rows } = await query("select distinct state from deliveries");
    expect(rows).toEqual([{ state: "waiting" }]);
  });

  test("the form sets mentions, reminders and link buttons", async () => {
    const { page } = ada;
    await page.getByRole("link", { name: "Alert Destinations" }).first().click();
    await page.getByRole("button", { name: "Actions for Security" }).click();
    await page.getByRole("menuitem", { name: "Edit" }).click();
    await page.locator(`input[aria-label="Critical: mention"]`).click();
    await page.getByRole("option", { name: "Mention a user group" }).click();
    await page.getByLabel("Group ID").fill("S0ONCALL12");
    await page.getByLabel("Group name").fill("On call");
    await page.locator(`input[aria-label="High: reminder"]`).click();
    await page.getByRole("option", { name: "Remind after 15 minutes" }).click();
    await page.getByLabel("Repeat the reminder (High)").check();
    await page.getByRole("button", { name: "Add link button" }).click();
    await page.getByLabel("Label of link button 1").fill("Search in SIEM");
    const address = page.getByLabel("URL of link button 1");
    await address.fill("https://siem.acme.example/?q={context.user}");
    await page.getByRole("button", { name: "Add link button" }).click();
    await page.getByLabel("Label of link button 2").fill("Old SIEM");
    await page.getByLabel("URL of link button 2").fill("https://{context.host}/");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("must be the same for every alert").waitFor();
    expect(await page.getByLabel("URL of link button 2").getAttribute("aria-invalid")).toBe("true");
    expect(await address.getAttribute("aria-invalid")).not.toBe("true");
    expect(await violations(ada.page, "wcag")).toEqual([]);
    await page.getByRole("button", { name: "Remove link button 2" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const { body } = await story.api("GET", `/destinations/${story.destination.id}`);
    expect(body).toMatchObject({
      mentions: { CRITICAL: { kind: "group", id: "S0ONCALL12", name: "On call" } },
      reminders: { HIGH: { afterMinutes: 15, repeat: true } },
      linkButtons: [{ label: "Search in SIEM", url: "https://siem.acme.example/?q={context.user}" }],
    });
  });

  test("a source's page shows what was refused, and maps a severity with one click", async () => {
    await walkSourcePage(ada.page, story);
  });
}

async function walkSourcePage(page: Page, story: Story): Promise<void> {
  const source = await created(story.api("POST", "/sources", { kind: "native", name: "Scanner" }));
  const send = (report: object) => sendTo(source, report, story.origin);
  await page.goto(`/configure/sources/${source.id}`);
  await page.getByText("Nothing was received in the last 7 days.").waitFor();
  await page.getByText("Nothing that arrived in the last 7 days was refused.").waitFor();
  expect(await violations(page, "wcag")).toEqual([]);

  await send({ severity: "LOW", token: source.key });
  await page.getByRole("button", { name: /Refused title should be/ }).click();
  await page.getByRole("region", { name: "Body as received" }).getByText("[redacted]").first().waitFor();
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await page.getByText("No report was taken. 1 report is still not understood.").waitFor();

  await send({ title: "Port scan", severity: "sev 9" });
  await page.getByRole("button", { name: "sev 9 means CRITICAL" }).waitFor();
  expect(await violations(page, "wcag")).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator("[data-mantine-color-scheme=dark]").waitFor();
  expect(await violations(page, "contrast")).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("button", { name: "sev 9 means CRITICAL" }).hover();
  await page.getByText("one alert would have another severity: Medium → Critical").waitFor();
  await page.getByRole("button", { name: "sev 9 means CRITICAL" }).click();
  await page.getByRole("button", { name: "Forget what sev 9 means" }).waitFor();
  const { body } = await send({ title: "Port scan again", severity: "SEV-9" });
  const { body: alert } = await story.api("GET", `/alerts/${body.results[0].alertId}`);
  expect(alert.severity).toBe("CRITICAL");
  await page.getByRole("link", { name: `#${alert.number}` }).waitFor();

  await page.goto("/configure/sources");
  await page.getByRole("link", { name: "1 body was not understood" }).click();
  await page.getByRole("heading", { name: "Scanner", level: 1 }).waitFor();
}
