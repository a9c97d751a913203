import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { BrowserContext, Page } from "playwright-core";
import type { EmptyTocsin } from "../tocsin/empty-tocsin.ts";
import { password } from "./console-browser.ts";
import type { Hands } from "./mouse-and-keyboard.ts";
import { atYourApps, inSlack, optIn } from "./slack-pages.ts";

/** The choices of one walk through the setup. */
export interface Way {
  mode: "http" | "socket";
  where: "workspace" | "organisation";
  token: "pasted" | "by OAuth";
}

export interface Walker {
  here: EmptyTocsin;
  /** A browser context of its own, with access to the clipboard. */
  context: BrowserContext;
  hands: Hands;
  /** Called with each page worth a check or a screenshot. */
  look: (page: Page, name: string) => Promise<void>;
}

interface Seats extends Walker {
  page: Page;
  slack: Page;
}

const channel = "random";

/** Sets up an empty Tocsin to its first destination, with nothing but what the pages say. */
export async function firstWalk(walker: Walker, way: Way): Promise<{ page: Page; slack: Page }> {
  const seats = await sitDown(walker);
  await takeManifest(seats, way);
  const made = await makeApp(seats, way);
  await fillForm(seats, way, made);
  await invite(seats);
  return { page: seats.page, slack: seats.slack };
}

/** Creates a source in the Console and sends the report that its dialog offers. Returns the alert's title. */
export async function sendFirstReport(page: Page): Promise<string> {
  await byMenu(page, "Sources");
  await page
    .getByRole("button", { name: /^Add .*source/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Scripts");
  await dialog.getByRole("button", { name: "Add source" }).click();
  const command = await dialog.locator("pre").filter({ hasText: "curl" }).textContent();
  await promisify(execFile)("sh", ["-c", command ?? ""]);
  await page.getByText("A report arrived").waitFor();
  await dialog.getByRole("button", { name: "I have copied the key" }).click();
  await byMenu(page, "Alerts");
  const link = page.getByRole("table").getByRole("link").first();
  const title = (await link.textContent()) ?? "";
  await link.click();
  return title;
}

async function byMenu(page: Page, entry: string): Promise<void> {
  const menu = page.getByRole("navigation", { name: "Main" });
  await menu.getByRole("link", { name: entry, exact: true }).click();
}

async function sitDown(walker: Walker): Promise<Seats> {
  const { here, context } = walker;
  const page = await context.newPage();
  await page.goto(here.firstStartUrl);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Ada");
  await page.getByLabel("Email").fill("ada@acme.example");
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await page.getByText("No alerts yet").waitFor();
  await byMenu(page, "Alert Destinations");
  return { ...walker, page, slack: await context.newPage() };
}

async function takeManifest({ page, hands, look }: Seats, way: Way): Promise<void> {
  const { mode, where } = way;
  await page.bringToFront();
  await hands.press(page, "Add your first Destination");
  await hands.click(page.getByRole("menuitem", { name: "Slack Bot" }));
  await page.getByRole("heading", { name: "Create your Slack Bot app", level: 1 }).waitFor();
  if (mode === "socket") {
    await hands.choose(page, /^No, use Socket Mode/);
    await page.getByText("Generate Token and Scopes").waitFor();
  }
  if (where === "organisation" && !isOptedInLater(way)) await answerThatItIsGrid({ page, hands });
  await look(page, "app");
  await hands.press(page, "Copy manifest");
  await page.getByText("Ada copied it").waitFor();
}

async function answerThatItIsGrid({ page, hands }: Pick<Seats, "page" | "hands">): Promise<void> {
  await hands.choose(page, /^Enterprise Grid/);
  await page.getByText("add it to some of your workspaces").waitFor();
}

/** One walk through an organisation copies the manifest before it chooses Enterprise Grid. */
function isOptedInLater({ where, token }: Way): boolean {
  return where === "organisation" && token === "pasted";
}

/** Creates the app in Slack, and reads the values that the form asks for from its pages. */
async function makeApp({ page, slack, here, hands, look }: Seats, way: Way) {
  const { mode, where, token } = way;
  const apps = atYourApps(slack, hands);
  await slack.bringToFront();
  await slack.goto(`${here.slack.pageUrl}apps`);
  await apps.create("ACME");
  await look(slack, "made");
  if (token === "pasted" && where === "workspace") await apps.installToWorkspace();
  if (isOptedInLater(way)) {
    await page.bringToFront();
    await answerThatItIsGrid({ page, hands });
    await hands.press(page, "Copy manifest");
    await slack.bringToFront();
    await optIn(slack, hands);
    await apps.installToOrganization("ACME");
  }
  const botToken: { "Bot OAuth Token"?: string } =
    token === "pasted" ? { "Bot OAuth Token": await apps.botToken() } : {};
  if (mode === "http") await apps.verify();
  const appToken: Record<string, string> =
    mode === "socket" ? { "App-Level Token": await apps.makeAppToken() } : {};
  const credentials = { ...(await apps.credentials()), ...appToken, ...botToken };
  const inTheirSlack = inSlack(slack, here.slack.pageUrl);
  await page.bringToFront();
  if (mode === "http") await page.getByText("Slack's request arrived").waitFor();
  await hands.press(page, "Continue");
  await inTheirSlack.open(channel);
  const channelId = where === "organisation" ? await inTheirSlack.channelId() : null;
  return { credentials, channelId };
}

type Made = Awaited<ReturnType<typeof makeApp>>;

async function fillForm(seats: Seats, { token }: Way, { credentials, channelId }: Made) {
  const { page, hands, look } = seats;
  await page.bringToFront();
  await page.getByRole("heading", { name: "Create your Slack Bot Application", level: 1 }).waitFor();
  await hands.fill(page, { "Display Name": "Security" });
  if (token === "pasted") {
    // The walks by OAuth leave the form for Slack and come back to it, which needs the draft as well.
    await page.reload();
    await page.getByRole("textbox", { name: "Display Name" }).and(page.locator("[value=Security]")).waitFor();
    // Not through `hands`: a mistake must not count as part of the setup.
    await page.getByRole("textbox", { name: "Bot OAuth Token" }).fill("xoxb-wrong");
    await page.getByText("Slack doesn't know the bot token").waitFor();
    await hands.fill(page, credentials);
    await look(page, "form");
    if (channelId === null) {
      await thinkAgain(seats);
      // A secret is not kept in the draft.
      const botToken = credentials["Bot OAuth Token"] ?? "";
      await page.getByRole("textbox", { name: "Bot OAuth Token" }).fill(botToken);
    }
  } else {
    await hands.fill(page, credentials);
    await look(page, "form");
    if (channelId === null) await thinkAgain(seats);
    await installByOAuth(seats, channelId !== null);
  }
  await hands.fill(
    page,
    channelId ? { "Channel ID": channelId } : { "Channel ID or Channel Name": "#random" },
  );
  await page.getByText(`#${channel} is public`).waitFor();
  await hands.click(page.getByLabel(`Send alerts to #${channel}`));
  await look(page, "filled");
  await hands.press(page, "Add Destination");
  await page.getByRole("heading", { name: `Invite the bot to #${channel}` }).waitFor();
  await look(page, "finish");
}

/** Leaves for Slack, cancels there, and sees that the app was not installed. */
async function thinkAgain({ page, look }: Seats): Promise<void> {
  await page.getByRole("button", { name: "Install with OAuth" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  const told = page.getByRole("dialog", { name: "Not installed" });
  await told.getByText("cancelled in Slack").waitFor();
  await look(page, "cancelled");
  await told.getByRole("button", { name: "Close" }).last().click();
  await told.waitFor({ state: "detached" });
}

async function installByOAuth({ page, slack, here, hands, look }: Seats, forAll: boolean) {
  await hands.press(page, "Install with OAuth");
  if (forAll) await page.getByLabel("Install to").selectOption("ACME Group");
  await hands.press(page, "Allow");
  const where = forAll ? "ACME Group" : "ACME";
  await page.getByRole("button", { name: `Use ${where}` }).waitFor();
  await look(page, "confirm");
  await hands.press(page, `Use ${where}`);
  await page.getByText(`Tocsin is installed in ${where}.`).waitFor();
  if (!forAll) return;
  await slack.bringToFront();
  await slack.goto(`${here.slack.pageUrl}apps`);
  await hands.press(slack, "Tocsin");
  await atYourApps(slack, hands).letIntoWorkspaces("ACME");
  await inSlack(slack, here.slack.pageUrl).open(channel);
  await page.bringToFront();
}

async function invite({ page, slack, here, hands, look }: Seats): Promise<void> {
  await inSlack(slack, here.slack.pageUrl).say(channel, "/invite @Tocsin");
  await page.getByText(`The bot is in #${channel}.`).waitFor();
  await page.bringToFront();
  await hands.press(page, "Send Welcome Message");
  await page.getByText(`The message was posted in #${channel}.`).waitFor();
  await look(page, "welcomed");
  await slack.bringToFront();
  await hands.press(slack, "Test the buttons");
  await slack.getByText("The buttons work").waitFor();
  await page.bringToFront();
  await page.getByText("The buttons work: somebody pressed them").waitFor();
  await hands.press(page, "Finish Setup");
  await page.getByRole("heading", { name: "Security" }).waitFor();
}
