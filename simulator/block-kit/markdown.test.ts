import { expect, test } from "vitest";
import { parseMarkdown } from "./markdown.ts";

const text = (words: string) => ({ kind: "text", text: words });

test.each([
  ["# Title #", { kind: "heading", of: [text("Title")] }],
  ["- one", { kind: "bullet", of: [text("one")] }],
  ["12. twelfth", { kind: "number", at: 12, of: [text("twelfth")] }],
  ["> said", { kind: "quote", of: [text("said")] }],
  ["---", { kind: "rule" }],
  ["```js\na < b\n```", { kind: "code", of: [{ kind: "preformatted", text: "a < b" }] }],
])("parseMarkdown reads the line %s", (given, line) => {
  expect(parseMarkdown(given)).toEqual([line]);
});

test.each([
  ["**bold**", { kind: "bold", of: [text("bold")] }],
  ["*italic*", { kind: "italic", of: [text("italic")] }],
  ["~~gone~~", { kind: "strike", of: [text("gone")] }],
  ["`a_b`", { kind: "code", text: "a_b" }],
  ["[here](https://a.example/?a=1&b=2)", { kind: "link", url: "https://a.example/?a=1&b=2", text: "here" }],
  ["<@U0EVE00001>", { kind: "user", id: "U0EVE00001" }],
  ["snake_case_name", text("snake_case_name")],
  ["\\*plain\\*", text("*plain*")],
  ["&lt;!channel&gt;", text("<!channel>")],
  ["[x](javascript:alert(1))", text("[x](javascript:alert(1))")],
])("parseMarkdown reads the inline text %s", (given, span) => {
  expect(parseMarkdown(given)).toEqual([{ kind: "paragraph", of: [span] }]);
});
