import { expect, test } from "vitest";
import { refuseSharing } from "./views.ts";

const analyst = new Set(["View Alerts", "Manage Alerts"] as const);
const reader = new Set(["View Alerts"] as const);

test("a view of one's own needs no permission, and a shared one needs Manage Alerts", () => {
  expect(refuseSharing(false, reader)).toBeNull();
  expect(refuseSharing(true, analyst)).toBeNull();
  expect(refuseSharing(true, reader)).toMatchObject({ refused: "forbidden", field: "shared" });
});
