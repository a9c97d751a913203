import { expect, test } from "vitest";
import { parseWebLink } from "./external-link.tsx";

test("a text that is one http(s) URL becomes a link that shows its host", () => {
  expect(parseWebLink(" https://runbooks.acme.example/a%20b?x=1 ")).toEqual({
    href: "https://runbooks.acme.example/a%20b?x=1",
    text: "runbooks.acme.example/a b",
  });
  expect(parseWebLink("http://wiki/")?.text).toBe("wiki");
  expect(parseWebLink("https://acme.example/%E2%80%AEfdp.exe")?.text).toBe("acme.example/⟨U+202E⟩fdp.exe");
});

test.each([
  "javascript:alert(1)",
  "JavaScript://%0aalert(1)",
  "data:text/html,<script>",
  "//evil.example",
  "see https://acme.example",
  "https://acme.example first",
  "https://acme.example@evil.example/",
  "https://",
  "",
])("%j stays plain text", (text) => {
  expect(parseWebLink(text)).toBeNull();
});

test("a path that is not UTF-8 is shown undecoded", () => {
  expect(parseWebLink("https://acme.example/%ff")?.text).toBe("acme.example/%ff");
});
