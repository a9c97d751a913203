import type { Page } from "playwright-core";
import type { DemoFacts } from "../../cli/demo/demo-facts.ts";

/** One picture of the running demo. */
export interface Picture {
  name: string;
  /** Of the README; the others are for looking at, in a folder that is given. */
  kept: boolean;
  scheme: "light" | "dark";
  /** CSS pixels. */
  size: { width: number; height: number };
  signedIn: boolean;
  url(facts: DemoFacts): string;
  /** Brings the page to where the picture is to be taken. */
  prepare(page: Page): Promise<void>;
}

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const security = "C0SECURITY1";

const settled = async (page: Page) => {
  await page.waitForTimeout(600);
};

function ofConsole(name: string, path: string, more: Partial<Picture> = {}): Picture {
  const url = ({ consoleUrl }: DemoFacts) => `${consoleUrl}${path}`;
  return { name, kept: false, scheme: "light", size: desk, signedIn: true, url, prepare: settled, ...more };
}

function ofSlack(name: string, as: string, more: Partial<Picture> = {}): Picture {
  const url = ({ slackUrl }: DemoFacts) => `${slackUrl}#/${as}/${security}`;
  const usual = { kept: false, scheme: "light", size: desk, signedIn: false } as const;
  return { name, ...usual, url, prepare: settled, ...more };
}

const newest = async (page: Page) => {
  await page
    .getByRole("link", { name: /^Impossible travel/ })
    .first()
    .click();
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
  ofConsole("detections", "/configure/detections"),
  ofConsole("slack-app", "/configure/slack-app"),
  ofConsole("try", "/demo", { signedIn: false }),
  ofSlack("slack", "ada", { kept: true, size: { width: 1280, height: 960 } }),
  ofSlack("slack-dark", "ada", { scheme: "dark" }),
];

/** The same at other sizes and in the dark, and what only people's clicks bring up. */
export const pictures: Picture[] = [
  ...usual,
  ofConsole("sign-in-dark", "/", { signedIn: false, scheme: "dark" }),
  ofConsole("alerts-phone", "/alerts", { size: phone }),
  ofConsole("alert-phone", "/alerts", { size: phone, prepare: newest }),
  ofConsole("destinations-dark", "/configure/destinations", { scheme: "dark" }),
  ofConsole("destinations-phone", "/configure/destinations", { size: phone }),
  ofConsole("sources-dark", "/configure/sources", { scheme: "dark" }),
  ofConsole("sources-phone", "/configure/sources", { size: phone }),
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
      await page.getByText("No Tocsin user has the e-mail").first().waitFor();
      await settled(page);
    },
  }),
];

/** In the newest card, as people do it. */
async function chooseStatus(page: Page, status: string): Promise<void> {
  await page.getByRole("button", { name: "Status: Open" }).last().click();
  await page.getByRole("option", { name: status }).click();
}
