import { expect, test } from "vitest";
import { fieldsOf } from "./any-case.ts";

const fields = fieldsOf({
  CompositeId: "a",
  "detail-type": " t ",
  event: { detect_id: 7, DetectName: null, list: [{ Uid: "u" }, "x"], blank: " " },
  flag: false,
});

test("a name is found in any case, and the first path with a value counts", () => {
  expect(fields.text("composite_id")).toBe("a");
  expect(fields.text("detailType")).toBe("t");
  expect(fields.text("event.detectName", "event.blank", "event.DetectID")).toBe("7");
  expect(fields.text("event.list.0.uid")).toBe("u");
  expect(fields.value("flag")).toBe(false);
  expect(fields.texts("event.list")).toEqual(["x"]);
  expect(Object.keys(fields.object("nothing", "event"))).toContain("detect_id");
});

test("a value that can't be read counts as none, with a warning that says where it is", () => {
  const odd = fieldsOf(
    { a: { b: {} }, when: "soon", day: "2026-03-02 10:15:00", list: "x", tags: ["t", {}] },
    "detail.",
  );
  expect([odd.text("a.b", "list"), odd.text("a.b"), odd.list("list"), odd.texts("tags")]).toEqual([
    "x",
    null,
    [],
    ["t"],
  ]);
  expect([odd.time("when"), odd.time("day"), odd.address("list")]).toEqual([
    null,
    new Date("2026-03-02T10:15:00Z"),
    null,
  ]);
  expect(odd.warnings.map(({ field, expected }) => `${field}: ${expected}`)).toEqual([
    "detail.a.b: text",
    "detail.list: a list",
    "detail.tags: a list of texts",
    "detail.when: a time such as 2026-01-15T10:00:00Z",
    "detail.day: a time with its offset, such as Z; it was read as UTC",
  ]);
});

test.each([null, 7, "text", [], [1], undefined, { event: null }])(
  "%j has no fields, and nothing throws",
  (given) => {
    const none = fieldsOf(given);
    expect([none.text("a", "event.b", "0.c.d"), none.value("length.x"), none.list("a")]).toEqual([
      null,
      undefined,
      [],
    ]);
    expect([none.object("a"), none.texts("event.b")]).toEqual([{}, []]);
  },
);
