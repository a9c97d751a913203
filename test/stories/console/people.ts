import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import type { Desk } from "../../browser/console-desk.ts";
import { created } from "../../tocsin/story.ts";

async function choose(page: Page, { of, item }: { of: string; item: string }): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${of}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** Users and roles. */
export function peopleTests(desk: () => Desk): void {
  afterAll(() => expect(desk().seat.faults).toEqual([]));

  test("a role is copied, changed, given to a user who is edited, and deleted when nobody has it", async () => {
    const { story, seat } = desk();
    const { page } = seat;
    const person = { email: "kim@acme.example", name: "Kim", role: "Analyst" };
    const { id } = await created(story.api("POST", "/users", person));
    await page.goto("/configure/roles");
    await choose(page, { of: "Analyst", item: "Copy…" });
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("First line");
    await dialog.getByRole("checkbox", { name: "Manage Sources" }).check();
    await dialog.getByRole("checkbox", { name: "View Sources" }).uncheck();
    await dialog.getByText("Without View Sources, Manage Sources works through the API only.").waitFor();
    expect(await violations(page, "wcag", "[role=dialog]")).toEqual([]);
    await dialog.getByRole("checkbox", { name: "Manage Sources" }).uncheck();
    await dialog.getByRole("button", { name: "Create role" }).click();
    const row = page.getByRole("row", { name: /First line/ });
    await row.getByText("View Alerts, Manage Alerts, View Destinations").waitFor();
    expect(await violations(page, "wcag")).toEqual([]);
    await page.goto("/configure/users");
    await choose(page, { of: "Kim", item: "Edit…" });
    await dialog.getByLabel("Email").fill("ADA@acme.example");
    await dialog.getByRole("combobox", { name: "Role" }).click();
    await page.getByRole("option", { name: "First line" }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("There is already a user with the email ADA@acme.example.").waitFor();
    await dialog.getByLabel("Email").fill("kim.lee@acme.example");
    await dialog.getByLabel("Name").fill("Kim Lee");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByRole("row", { name: /Kim Lee.*kim\.lee@acme\.example.*First line/ }).waitFor();
    await page.goto("/configure/roles");
    await choose(page, { of: "First line", item: "Delete" });
    await page.getByText("Kim Lee has the role First line. Give them another role first.").waitFor();
    await created(story.api("PATCH", `/users/${id}`, { role: "Analyst" }));
    await choose(page, { of: "First line", item: "Delete" });
    await row.waitFor({ state: "detached" });
  });
}
