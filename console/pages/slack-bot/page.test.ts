import { expect, test } from "vitest";
import { startStep } from "./page.tsx";

test("whoever comes first makes the app, and every later destination uses it", () => {
  expect(startStep({ left: null, appWorks: false })).toBe("app");
  expect(startStep({ left: null, appWorks: true })).toBe("form");
});

test("whoever comes back goes on where they were", () => {
  expect(startStep({ left: "form", appWorks: false })).toBe("form");
  expect(startStep({ left: "app", appWorks: false })).toBe("app");
});
