import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import type { Seat } from "../../browser/console-browser.ts";
import type { Desk } from "../../browser/console-desk.ts";
import { created, type Story } from "../../tocsin/story.ts";

const body = { events: [{ name: "Door open", host: { id: "gate-7" }, level: "high" }] };

const expression = (page: Page, name: string) => page.getByRole("textbox", { name });

/** Completes a title, sees its alert, and the place of a description that is not there. */
async function writeExpressions(page: Page): Promise<void> {
  await page.getByLabel("Sample").fill(JSON.stringify(body, null, 2));
  await expression(page, "Reports").fill("events");
  await expression(page, "Title").fill("");
  await expression(page, "Title").pressSequentially("na");
  await page.getByRole("option", { name: /^name / }).click();
  expect(await expression(page, "Title").inputValue()).toBe("name");
  await expression(page, "Severity").fill("level");
  await page.getByRole("heading", { name: "HIGH Door open" }).waitFor();
  await expression(page, "Description").fill("host.name");
  await page.getByText("Found nothing: events[0].host has no name, but id.").waitFor();
  await page.getByRole("button", { name: "Show in sample" }).click();
  const marked = await page
    .getByLabel("Sample")
    .evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
  expect(marked).toBe('"host": {');
}

export function expressionTests(desk: () => Desk): void {
  let story: Story;
  let admin: Seat;

  beforeAll(() => {
    ({ story, seat: admin } = desk());
  });
  afterAll(() => expect(admin.faults).toEqual([]));

  test("they are tried on a sample, errors point into it, and once saved they open an alert", async () => {
    const { page } = admin;
    const source = await created(story.api("POST", "/sources", { kind: "generic", name: "Plant" }));
    await page.goto("/configure/sources");
    await page.getByRole("button", { name: "Actions for Plant" }).click();
    await page.getByRole("menuitem", { name: "Expressions" }).click();
    await writeExpressions(page);
    expect(await violations(page, "wcag")).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.locator("[data-mantine-color-scheme=dark]").waitFor();
    expect(await violations(page, "contrast")).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    await expression(page, "Description").fill("(host");
    await page.getByText(/^Can't be read at character 5/).waitFor();
    await expression(page, "Description").fill("host.id");
    await page.getByText('"gate-7"', { exact: true }).waitFor();
    await page.getByRole("button", { name: "Save expressions" }).click();
    await page.getByText("Expressions saved.").waitFor();
    const answer = await fetch(`${story.origin}${new URL(source.url).pathname}`, {
      method: "POST",
      headers: { "x-api-key": source.key },
      body: JSON.stringify(body),
    });
    const [{ number }] = (await answer.json()).results;
    const { body: alert } = await story.api("GET", `/alerts/${number}`);
    expect(alert).toMatchObject({ title: "Door open", severity: "HIGH", description: "gate-7" });
    await story.tocsin.idle();
    await page.reload();
    await page.getByRole("button", { name: "Use a received body" }).click();
    await page.getByRole("menuitem", { name: /^Taken/ }).click();
    await page.getByRole("heading", { name: "HIGH Door open" }).waitFor();
    expect(JSON.parse(await page.getByLabel("Sample").inputValue())).toEqual(body);
    await expression(page, "Title").fill("host.id");
    await page.getByRole("button", { name: "Try on them" }).click();
    await page.getByText("1 report in 1 body makes 1 alert, as now.").waitFor();
    await page.getByRole("listitem").filter({ hasText: "gate-7" }).waitFor();
  });
}
