import { expect, test } from "vitest";
import { decideWhereabouts } from "./send-elsewhere.ts";

const soc = { name: "SOC", deleted: false, enabled: true, line: "i:C1" };

test("a delivery goes where its destination is now", () => {
  expect(decideWhereabouts(soc, "i:C1")).toEqual({ kind: "here" });
  expect(decideWhereabouts({ ...soc, line: "i:C2" }, "i:C1")).toEqual({ kind: "moved", line: "i:C2" });
  expect(decideWhereabouts({ ...soc, enabled: false }, "i:C1")).toEqual({ kind: "held" });
  expect(decideWhereabouts({ ...soc, enabled: false, deleted: true }, "i:C1")).toEqual({ kind: "deleted" });
});
