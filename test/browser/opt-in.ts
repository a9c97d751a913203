import type { Page } from "playwright-core";
import type { Hands } from "./mouse-and-keyboard.ts";

/** Opts an app into Org Level Apps on Slack's page of it, where its manifest didn't. */
export async function optIn(page: Page, { click, press }: Hands): Promise<void> {
  await press(page, "Manage Distribution");
  await page.getByRole("heading", { name: "Opt into Org Level Apps" }).waitFor();
  await click(page.locator("summary", { hasText: "Opt-in" }));
  await click(page.getByLabel("I understand that this can't be undone"));
  await press(page, "Yes, Opt-in");
  await page.getByText("Your app opted into Org Level Apps.").waitFor();
}
