import { expect, test } from "vitest";
import { startStep } from "./page.tsx";

test("setup starts with the app, and with the form once the app is installed", () => {
  expect(startStep({ saved: null, appInstalled: false })).toBe("app");
  expect(startStep({ saved: null, appInstalled: true })).toBe("form");
});

test("setup continues at the saved step", () => {
  expect(startStep({ saved: "form", appInstalled: false })).toBe("form");
  expect(startStep({ saved: "app", appInstalled: false })).toBe("app");
});
