import { expect, test } from "vitest";
import { chooseInstallation } from "./place-channel.ts";

const acme = { id: "1", teamId: "T0ACME" };
const labs = { id: "2", teamId: "T0LABS" };
const organisation = { id: "3", teamId: null };

test("without an installation the refusal says to set up the Slack app", () => {
  expect(chooseInstallation([], undefined)).toMatchObject({
    field: "channel",
    why: expect.stringContaining("Set up"),
  });
});

test("the only installation is chosen without teamId", () => {
  expect(chooseInstallation([acme], undefined)).toBe(acme);
  expect(chooseInstallation([acme, labs], undefined)).toMatchObject({ field: "teamId" });
});

test("a workspace's installation is chosen, else its organisation's", () => {
  expect(chooseInstallation([acme, labs], "T0LABS")).toBe(labs);
  expect(chooseInstallation([acme, organisation], "T0LABS")).toBe(organisation);
  expect(chooseInstallation([acme], "T0LABS")).toMatchObject({ field: "teamId" });
});
