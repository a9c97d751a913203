import { expect, test } from "vitest";
import { webLink } from "./out-link.tsx";

test("an address as a whole is a link that shows its host", () => {
  expect(webLink(" https://runbooks.acme.example/a%20b?x=1 ")).toEqual({
    href: "https://runbooks.acme.example/a%20b?x=1",
    text: "runbooks.acme.example/a b",
  });
  expect(webLink("http://wiki/")?.text).toBe("wiki");
  expect(webLink("https://acme.example/%E2%80%AEfdp.exe")?.text).toBe("acme.example/⟨U+202E⟩fdp.exe");
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
])("%j is only text", (text) => {
  expect(webLink(text)).toBeNull();
});

test("a path that is not UTF-8 is shown as it is written", () => {
  expect(webLink("https://acme.example/%ff")?.text).toBe("acme.example/%ff");
});
