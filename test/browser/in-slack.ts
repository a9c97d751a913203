import type { Page } from "playwright-core";
import type { Hands } from "./mouse-and-keyboard.ts";

/** What Ada does in Slack itself: opens a channel, reads its ID off its top, writes there. */
export function inSlack(page: Page, pageUrl: string) {
  return {
    async open(channel: string): Promise<void> {
      await page.bringToFront();
      await page.goto(pageUrl);
      await page.getByRole("button", { name: channel, exact: true }).click();
      // Until then the channel before is still at its top, with its ID.
      await page.getByLabel(`Message #${channel}`).waitFor();
    },
    async channelId(): Promise<string> {
      return (
        (await page
          .getByText(/^Channel ID:/)
          .locator("code")
          .textContent()) ?? ""
      );
    },
    /** Under the card of this title, which is in the channel that is open. */
    async triage(title: string, { click }: Hands): Promise<void> {
      await page.bringToFront();
      const card = page.getByRole("article").filter({ hasText: title });
      await click(card.getByRole("button", { name: "Status: Open" }));
      await click(page.getByRole("option", { name: "Triaged" }));
    },
    async say(channel: string, text: string): Promise<void> {
      await page.getByLabel(`Message #${channel}`).fill(text);
      await page.keyboard.press("Enter");
    },
  };
}
