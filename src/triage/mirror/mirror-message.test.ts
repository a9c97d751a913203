import { expect, test } from "vitest";
import { decideMirror } from "./mirror-message.ts";

const known = { seq: 4, editedTs: null, deleted: false };
const edited = (ts: string) => ({ kind: "edited", ts }) as const;

test("a message becomes a comment once", () => {
  expect(decideMirror(null, { kind: "written" })).toBe("comment");
  expect(decideMirror(known, { kind: "written" })).toBe("nothing");
});

test("an edit that arrives before its message becomes the comment", () => {
  expect(decideMirror(null, edited("1795611720.000100"))).toBe("comment");
});

test("an edit is ignored unless it is newer than the last one", () => {
  expect(decideMirror(known, edited("1795611720.000100"))).toBe("edit");
  const newer = { ...known, editedTs: "1795611720.000100" };
  expect(decideMirror(newer, edited("1795611720.000100"))).toBe("nothing");
  expect(decideMirror(newer, edited("1795611719.999999"))).toBe("nothing");
});

test("a deleted message stays deleted, even if its deletion arrives first", () => {
  expect(decideMirror(known, { kind: "deleted" })).toBe("delete");
  expect(decideMirror(null, { kind: "deleted" })).toBe("remember-deleted");
  const gone = { ...known, deleted: true };
  expect(decideMirror(gone, { kind: "deleted" })).toBe("nothing");
  expect(decideMirror(gone, { kind: "written" })).toBe("nothing");
  expect(decideMirror(gone, edited("1795611720.000100"))).toBe("nothing");
});
