import { expect, test } from "vitest";
import { decideRedirect } from "./send-elsewhere.ts";

const soc = { name: "SOC", deleted: false, enabled: true, line: "i:C1" };

test("a delivery follows its destination when that was moved, disabled or deleted", () => {
  expect(decideRedirect(soc, "i:C1")).toEqual({ kind: "stay" });
  expect(decideRedirect({ ...soc, line: "i:C2" }, "i:C1")).toEqual({ kind: "moved", line: "i:C2" });
  expect(decideRedirect({ ...soc, enabled: false }, "i:C1")).toEqual({ kind: "held" });
  expect(decideRedirect({ ...soc, enabled: false, deleted: true }, "i:C1")).toEqual({ kind: "deleted" });
});
