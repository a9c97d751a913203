import type { Page } from "playwright-core";
import { expect } from "vitest";
import { violations } from "../../browser/accessibility.ts";

/** Narrows the log down by an action and words, reads an entry's details, and follows its name. */
export async function searchAuditLog(page: Page): Promise<void> {
  const rows = page.getByRole("row");
  await page.getByRole("button", { name: "Action", exact: true }).click();
  await page.getByLabel("Search Action").fill("create a source");
  await page.getByRole("option", { name: "Create a source" }).click();
  await page.keyboard.press("Escape");
  await rows.getByText(" created the source ").first().waitFor();
  expect(new URL(page.url()).search).toBe("?action=source.created");
  await page.getByLabel("Search the audit log").fill("Scripts");
  await page.getByLabel("Search the audit log").press("Enter");
  await expect.poll(() => rows.count()).toBe(2);
  await page.getByRole("button", { name: /^Details of: Grace Owner created the source/ }).click();
  await page.getByText("source.created", { exact: true }).waitFor();
  expect(await violations(page, "wcag")).toEqual([]);
  await page.getByRole("link", { name: "“Scripts”" }).click();
  await page.getByRole("heading", { level: 1, name: "Scripts" }).waitFor();
}
