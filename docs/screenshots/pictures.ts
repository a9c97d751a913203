import type { Page } from "playwright-core";
import { ofConsole, ofSlack, type Picture } from "./picture.ts";

const phone = { width: 390, height: 844 };

const settled = (page: Page) => page.waitForTimeout(600);

const newest = async (page: Page) => {
  await page
    .getByRole("link", { name: /^Impossible travel/ })
    .first()
    .click();
  await settled(page);
};

/** A description that is not in the sample, so that its place is marked there. */
const tryExpressions = async (page: Page) => {
  await page.getByRole("button", { name: /^Actions for Any JSON/ }).click();
  await page.getByRole("menuitem", { name: "Expressions" }).click();
  const events = [{ name: "Door forced open", host: { id: "gate-7", ip: "203.0.113.7" }, level: "critical" }];
  await page.getByLabel("Sample").fill(JSON.stringify({ site: "Berlin plant", events }, null, 2));
  await page.getByRole("textbox", { name: "Reports" }).fill("events");
  await page.getByRole("textbox", { name: "Title" }).fill('name & " at " & host.id');
  await page.getByRole("textbox", { name: "Severity" }).fill("level");
  await page.getByRole("textbox", { name: "Description" }).fill("host.name");
  await page.getByText("Found nothing").waitFor();
  await page.getByRole("button", { name: "Show in sample" }).click();
  await settled(page);
};

const usual: Picture[] = [
  ofConsole("sign-in", "/", { signedIn: false }),
  ofConsole("alerts", "/alerts", { kept: true }),
  ofConsole("alerts-dark", "/alerts", { kept: true, scheme: "dark" }),
  ofConsole("alert", "/alerts", { kept: true, prepare: newest }),
  ofConsole("alert-dark", "/alerts", { scheme: "dark", prepare: newest }),
  ofConsole("destinations", "/configure/destinations"),
  ofConsole("sources", "/configure/sources"),
  ofConsole("expressions", "/configure/sources", { prepare: tryExpressions }),
  ofConsole("detections", "/configure/detections"),
  ofConsole("silences", "/configure/silences"),
  ofConsole("slack-app", "/configure/slack-app"),
  ofConsole("try", "/demo", { signedIn: false }),
  ofSlack("slack", "ada", { kept: true, size: { width: 1280, height: 960 } }),
  ofSlack("slack-dark", "ada", { scheme: "dark" }),
];

/** Also the same pages at other sizes and in the dark theme, and dialogs. */
export const pictures: Picture[] = [
  ...usual,
  ofConsole("sign-in-dark", "/", { signedIn: false, scheme: "dark" }),
  ofConsole("alerts-phone", "/alerts", { size: phone }),
  ofConsole("alert-phone", "/alerts", { size: phone, prepare: newest }),
  ofConsole("destinations-dark", "/configure/destinations", { scheme: "dark" }),
  ofConsole("destinations-phone", "/configure/destinations", { size: phone }),
  ofConsole("sources-dark", "/configure/sources", { scheme: "dark" }),
  ofConsole("sources-phone", "/configure/sources", { size: phone }),
  ofConsole("account", "/account"),
  ofConsole("account-phone", "/account", { size: phone, scheme: "dark" }),
  ofConsole("try-dark", "/demo", { signedIn: false, scheme: "dark" }),
  ofConsole("try-phone", "/demo", { signedIn: false, size: phone }),
  ofSlack("slack-phone", "ada", { size: phone }),
  ofSlack("slack-dialog", "ada", {
    prepare: async (page) => {
      await chooseStatus(page, "Invalid");
      await page.getByRole("dialog").waitFor();
      await settled(page);
    },
  }),
  ofSlack("slack-refusal", "mallory", {
    prepare: async (page) => {
      await chooseStatus(page, "Triaged");
      await page
        .getByText(/No Tocsin user has the e-?mail/)
        .first()
        .waitFor();
      await settled(page);
    },
  }),
];

/** Chooses a status in the newest card. */
async function chooseStatus(page: Page, status: string): Promise<void> {
  await page.getByRole("button", { name: "Status: Open" }).last().click();
  await page.getByRole("option", { name: status }).click();
}
