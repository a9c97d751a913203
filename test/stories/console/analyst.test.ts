import { describe } from "vitest";
import { whyNoConsole } from "../../browser/console-browser.ts";
import { startDesk } from "../../browser/console-desk.ts";
import { alertTests } from "./alerts.ts";
import { boomerangTests } from "./boomerang.ts";
import { threadTests } from "./threads.ts";

const title = `the Console of an analyst${whyNoConsole ? ` (skipped: ${whyNoConsole})` : ""}`;

describe.skipIf(whyNoConsole)(title, { timeout: 120_000 }, () => {
  const desk = startDesk({}, async ({ users }) => users.ada);
  describe("alerts", () => alertTests(desk));
  describe("Boomerang on the alert's page", () => boomerangTests(desk));
  // Last, since it changes the events of the Slack app.
  describe("a thread", () => threadTests(desk));
});
