import type { Page } from "playwright-core";

/** What a stranger does on Slack's own pages, by the names of its buttons; `press` counts. */
export function atYourApps(page: Page, press: (page: Page, name: string) => Promise<void>) {
  const reveal = async (label: string) => page.getByLabel(label, { exact: true }).inputValue();
  return {
    /** Pastes the clipboard over the Demo App's manifest. */
    async create(workspace: string): Promise<void> {
      await press(page, "Create New App");
      await page.getByRole("button", { name: "From an app manifest" }).click();
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
    async install(): Promise<void> {
      await press(page, "Install to Workspace");
      await press(page, "Allow");
      await page.getByRole("heading", { name: "Basic Information", level: 1 }).waitFor();
    },
    async verify(): Promise<void> {
      await page.getByRole("link", { name: "Event Subscriptions", exact: true }).click();
      await press(page, "Verify");
      await page.getByRole("status").filter({ hasText: "Your request URL is verified." }).waitFor();
    },
    async makeAppToken(): Promise<void> {
      await page.getByText("Generate Token and Scopes", { exact: true }).click();
      await page.getByLabel("Token Name").fill("socket");
      await page.getByLabel("connections:write").check();
      await press(page, "Generate");
      await page.getByRole("status").filter({ hasText: "was generated" }).waitFor();
    },
    async credentials(): Promise<Record<"Client ID" | "Client Secret" | "Signing Secret", string>> {
      await page.getByRole("link", { name: "Basic Information", exact: true }).click();
      await page.getByRole("heading", { name: "Basic Information", level: 1 }).waitFor();
      return {
        "Client ID": await reveal("Client ID"),
        "Client Secret": await reveal("Client Secret"),
        "Signing Secret": await reveal("Signing Secret"),
      };
    },
    appToken: () => reveal("Token socket"),
    async botToken(): Promise<string> {
      await page.getByRole("link", { name: "OAuth & Permissions", exact: true }).click();
      await page.getByRole("heading", { name: "OAuth & Permissions", level: 1 }).waitFor();
      return reveal("Bot User OAuth Token");
    },
  };
}
