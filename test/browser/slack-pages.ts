import type { Page } from "playwright-core";
import type { Hands } from "./mouse-and-keyboard.ts";

type Credentials = Record<"Client ID" | "Client Secret" | "Signing Secret", string>;

/** The steps on Slack's pages of an app, by the names of its buttons. */
export function atYourApps(page: Page, { click, press }: Hands) {
  const reveal = (label: string) => page.getByLabel(label, { exact: true }).inputValue();
  const told = (words: string) => page.getByRole("status").filter({ hasText: words }).waitFor();
  const open = async (title: string) => {
    await press(page, title);
    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
  };
  const letIntoWorkspaces = async (...names: string[]) => {
    await click(page.getByRole("link", { name: /add it to some of your workspaces/i }).first());
    for (const name of names) await click(page.getByLabel(name, { exact: true }));
    await press(page, "Add App");
    await told("The workspaces were saved.");
  };
  return {
    /** Replaces the Demo App's manifest with the clipboard. */
    async create(workspace: string): Promise<void> {
      await press(page, "Create New App");
      await click(page.getByRole("button", { name: "From an app manifest" }));
      await page.getByLabel("Pick a workspace to develop your app").selectOption(workspace);
      await press(page, "Next");
      await page.getByLabel("App manifest").focus();
      await page.keyboard.press("ControlOrMeta+A");
      await page.keyboard.press("ControlOrMeta+V");
      await press(page, "Next");
      await page.getByRole("heading", { name: "Review summary & create your app" }).waitFor();
      await press(page, "Create");
      await page.getByRole("heading", { name: "Basic Information", level: 1 }).waitFor();
    },
    async installToWorkspace(): Promise<void> {
      await press(page, "Install to Workspace");
      await press(page, "Allow");
      await page.getByRole("heading", { name: "Basic Information", level: 1 }).waitFor();
    },
    /** A manifest for an organisation opts in by itself, so this only checks that it did. */
    async installToOrganization(...workspaces: string[]): Promise<void> {
      await open("Manage Distribution");
      await page.getByText("can be installed at the organization level").waitFor();
      await open("Install App");
      await press(page, "Install to Organization");
      await press(page, "Allow");
      await letIntoWorkspaces(...workspaces);
    },
    letIntoWorkspaces,
    async verify(): Promise<void> {
      await open("Event Subscriptions");
      await press(page, "Verify");
      await told("Your request URL is verified.");
    },
    /** Generates an App-Level Token on Basic Information and returns it. */
    async makeAppToken(): Promise<string> {
      await open("Basic Information");
      await click(page.getByText("Generate Token and Scopes", { exact: true }));
      await page.getByLabel("Token Name").fill("socket");
      await page.getByLabel("connections:write").check();
      await press(page, "Generate");
      await told("was generated");
      return reveal("Token socket");
    },
    async credentials(): Promise<Credentials> {
      await open("Basic Information");
      return {
        "Client ID": await reveal("Client ID"),
        "Client Secret": await reveal("Client Secret"),
        "Signing Secret": await reveal("Signing Secret"),
      };
    },
    async botToken(): Promise<string> {
      await open("OAuth & Permissions");
      return reveal("Bot User OAuth Token");
    },
  };
}

/** What Ada does in Slack itself: opens a channel, reads its ID, writes there. */
export function inSlack(page: Page, pageUrl: string) {
  return {
    async open(channel: string): Promise<void> {
      await page.bringToFront();
      await page.goto(pageUrl);
      await page.getByRole("button", { name: channel, exact: true }).click();
      // Until then the page still shows the previous channel and its ID.
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
    /** Triages the card with this title in the open channel. */
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

/** Opts an app into Org Level Apps on its page in Slack, if its manifest didn't. */
export async function optIn(page: Page, { click, press }: Hands): Promise<void> {
  await press(page, "Manage Distribution");
  await page.getByRole("heading", { name: "Opt into Org Level Apps" }).waitFor();
  await click(page.locator("summary", { hasText: "Opt-in" }));
  await click(page.getByLabel("I understand that this can't be undone"));
  await press(page, "Yes, Opt-in");
  await page.getByText("Your app opted into Org Level Apps.").waitFor();
}
