import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { violations } from "../../browser/accessibility.ts";
import type { Seat } from "../../browser/console-browser.ts";
import type { Desk } from "../../browser/console-desk.ts";
import { type Receiver, startReceiver } from "../../receiver.ts";
import { created, type Story } from "../../tocsin/story.ts";

const isInvalid = (input: Element) => input.matches(":invalid");

const wide = { width: 1280, height: 1100 };
const phone = { width: 390, height: 844 };

/** Types an address of another origin, which asks for the stored secrets again. */
async function moveElsewhere(page: Page, receiver: Receiver): Promise<void> {
  await page.getByLabel("URL").fill("https://hooks.example.com/tocsin");
  const again = `What is stored is only sent to ${new URL(receiver.url).origin}. Enter it again`;
  await page.getByText(again).first().waitFor();
  expect(await page.getByText(again).count()).toBe(2);
  await page.getByRole("button", { name: "Save" }).click();
  expect(await page.getByLabel("Value of header 1").evaluate(isInvalid)).toBe(true);
  expect(await page.getByLabel("Signing Secret").evaluate(isInvalid)).toBe(true);
  expect(await violations(page, "wcag")).toEqual([]);
}

export function destinationTypeTests(desk: () => Desk): void {
  let story: Story;
  let receiver: Receiver;
  let admin: Seat;

  beforeAll(async () => {
    ({ story, seat: admin } = desk());
    receiver = await startReceiver();
  });
  afterAll(async () => {
    expect(admin.faults).toEqual([]);
    await receiver.close();
  });

  /** Takes a screenshot if SHOTS names a folder for it, also in another theme or on a phone. */
  const shot = async (name: string, { dark = false, narrow = false } = {}) => {
    const { page } = admin;
    const folder = process.env.SHOTS;
    if (!folder) return;
    const size = page.viewportSize() ?? wide;
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" });
    if (narrow) await page.setViewportSize(phone);
    await page.screenshot({ path: `${folder}/${name}.png` });
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(size);
  };
  const choose = async (destination: string, action: string) => {
    await admin.page.getByRole("button", { name: `Actions for ${destination}` }).click();
    await admin.page.getByRole("menuitem", { name: action }).click();
  };
  const expectAccessible = async () => expect(await violations(admin.page, "wcag")).toEqual([]);

  test("a webhook is added and tested, and shows a remedy when its receiver refuses", async () => {
    const { page } = admin;
    await page.setViewportSize(wide);
    await page.getByRole("link", { name: "Alert Destinations" }).click();
    await page.getByRole("button", { name: "Create New" }).click();
    await page.getByRole("menuitem", { name: "Custom Webhook" }).waitFor();
    await shot("menu");
    await page.getByRole("menuitem", { name: "Custom Webhook" }).click();
    await page.getByLabel("Display Name").fill("SOAR");
    await page.getByLabel("URL").fill("https://10.0.0.1/hook");
    await page.getByRole("button", { name: "Add header" }).click();
    await page.getByLabel("Name of header 1").fill("Authorization");
    await page.getByLabel("Value of header 1").fill("Bearer of SOAR");
    await expectAccessible();
    await page.getByRole("button", { name: "Add Destination" }).click();
    await page.getByText("has a private address").waitFor();
    await page.getByLabel("URL").fill(receiver.url);
    await page.getByRole("button", { name: "Add Destination" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("whsec_").waitFor();
    await shot("secret");
    await expectAccessible();
    await dialog.getByRole("button", { name: "I have copied the secret" }).click();
    await page.getByRole("heading", { name: "SOAR" }).waitFor();
    expect(await page.content()).not.toContain("whsec_");
    await choose("SOAR", "Send Test Event");
    await page.getByText("accepted the test event").waitFor();
    expect(receiver.accepted[0]?.headers.authorization).toBe("Bearer of SOAR");
    receiver.always({ status: 401 });
    await choose("SOAR", "Send Test Event");
    await page.getByRole("alert").filter({ hasText: "rejected the credentials" }).first().waitFor();
    await shot("card");
    await page.getByRole("status").getByRole("button", { name: "Dismiss" }).last().click();
    await page.setViewportSize(phone);
    await choose("SOAR", "Edit");
    await page.getByPlaceholder("Leave empty to keep it").first().waitFor();
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible();
    await shot("edit-dark", { dark: true });
    await moveElsewhere(page, receiver);
    await shot("moved");
    await page.getByLabel("URL").fill(`${receiver.url}/elsewhere`);
    await page.getByText("is only sent to").first().waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.setViewportSize(wide);
    await page.emulateMedia({ colorScheme: "light" });
  });

  test.each([
    ["PagerDuty", "Integration Key", "a key of the REST API", "32 letters and digits"],
    [
      "Microsoft Teams",
      "Workflow URL",
      "https://acme.webhook.office.com/webhookb2/1",
      "Microsoft has retired",
    ],
    ["Email", "Recipients", "nobody", "must be an email address"],
  ])(
    "the form of %s is drawn from its description, and shows an error at its field",
    async (type, label, value, why) => {
      const { page } = admin;
      await page.getByRole("button", { name: "Create New" }).click();
      await page.getByRole("menuitem", { name: type }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Display Name").fill(`SOC by ${type}`);
      await shot(`${type}-light`);
      await dialog.getByLabel(label).fill(value);
      await dialog.getByRole("button", { name: "Add Destination" }).click();
      await dialog.getByText(why).waitFor();
      await expectAccessible();
      await shot(`${type}-error`);
      await shot(`${type}-dark`, { dark: true });
      await shot(`${type}-390`, { narrow: true });
      await dialog.getByRole("button", { name: "Cancel" }).click();
    },
  );

  test("a form chooses where alerts also go on which nobody acts, and the list shows it", async () => {
    const { page } = admin;
    await choose("Security", "Edit");
    const dialog = page.getByRole("dialog");
    const pick = async (field: string, option: string) => {
      await dialog.getByRole("combobox", { name: field }).click();
      await page.getByRole("option", { name: option }).click();
    };
    await pick("Escalate to", "Escalate to SOAR");
    await pick("Critical: escalate", "Escalate after 5 minutes");
    await pick("High: escalate", "Escalate after 1 hour");
    await shot("escalation-light");
    // axe takes what the dialog's header half covers for too small.
    await dialog.getByRole("button", { name: "Save" }).scrollIntoViewIfNeeded();
    await expectAccessible();
    await shot("escalation-390", { dark: true, narrow: true });
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByText("Escalates to SOAR").waitFor();
    const [{ escalation }, soar] = (await created(story.api("GET", "/destinations"))).results;
    expect(escalation).toEqual({ to: soar.id, afterMinutes: { CRITICAL: 5, HIGH: 60 } });
  });
}
