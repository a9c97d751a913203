import { expect, test } from "vitest";
import { parseMrkdwn, type Span } from "./mrkdwn.ts";

const short = (span: Span): string => {
  switch (span.kind) {
    case "text":
      return span.text;
    case "link":
      return `[${span.text}](${span.url})`;
    case "bold":
    case "italic":
    case "strike":
    case "quote":
      return `${span.kind}{${span.of.map(short).join("")}}`;
    case "code":
    case "preformatted":
      return `${span.kind}{${span.text}}`;
    case "user":
    case "channel":
    case "usergroup":
      return `${span.kind}:${span.id}`;
    case "broadcast":
      return `broadcast:${span.range}`;
    case "break":
      return "⏎";
    default:
      return span satisfies never;
  }
};
const read = (text: string) => parseMrkdwn(text).map(short).join("");

test.each([
  ["*bold* and _italic_ and ~gone~", "bold{bold} and italic{italic} and strike{gone}"],
  ["*bold _both_*", "bold{bold italic{both}}"],
  ["2*3*4 and snake_case_name", "2*3*4 and snake_case_name"],
  ["* not bold * nor ** this", "* not bold * nor ** this"],
  ["`*code* &lt;b&gt;` and ```\nline\nline```", "code{*code* <b>} and preformatted{line\nline}"],
  [
    "<https://a.example/x|label> <https://b.example>",
    "[label](https://a.example/x) [https://b.example](https://b.example)",
  ],
  ["see https://a.example/x?a=1&amp;b=2.", "see [https://a.example/x?a=1&b=2](https://a.example/x?a=1&b=2)."],
  [
    "<@U0ADA00001> <#C0SECURITY1> <!subteam^S01> <!channel>",
    "user:U0ADA00001 channel:C0SECURITY1 usergroup:S01 broadcast:channel",
  ],
  ["&lt;!channel&gt; &amp;lt; &amp;amp;", "<!channel> &lt; &amp;"],
  ["<javascript:alert(1)|click>", "<javascript:alert(1)|click>"],
  ["one\n&gt; said\n&gt; twice\ntwo", "one⏎quote{said⏎twice}two"],
])("parseMrkdwn reads %s", (text, expected) => expect(read(text)).toBe(expected));

test("verbatim text links URLs in angle brackets, but not bare URLs", () => {
  const spans = parseMrkdwn("https://a.example <https://b.example|b>", true);
  expect(spans.map((span) => span.kind)).toEqual(["text", "link"]);
});
