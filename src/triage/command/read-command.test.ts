import fc from "fast-check";
import { expect, test } from "vitest";
import { readCommand } from "./read-command.ts";

test.each([
  ["", { verb: "help" }],
  ["  HELP  me", { verb: "help" }],
  ["show #1042", { verb: "show", number: 1042 }],
  ["1042", { verb: "show", number: 1042 }],
  ["assign 1042", { verb: "assign", number: 1042, slackUserId: null }],
  ["assign 1042 me", { verb: "assign", number: 1042, slackUserId: null }],
  ["assign 1042 to <@U0GRACE001|grace>", { verb: "assign", number: 1042, slackUserId: "U0GRACE001" }],
  ["assign 1042 <@W0GRACE001>", { verb: "assign", number: 1042, slackUserId: "W0GRACE001" }],
  ["resolve 1042", { verb: "resolve", number: 1042, comment: null, disposition: null, duplicateOf: null }],
  [
    "Resolve 1042  VPN &amp; pentest",
    { verb: "resolve", number: 1042, comment: "VPN & pentest", disposition: null, duplicateOf: null },
  ],
  ["list", { verb: "list", filters: {} }],
  [
    "list open critical HIGH okta eve",
    { verb: "list", filters: { status: ["OPEN"], severity: ["CRITICAL", "HIGH"], words: "okta eve" } },
  ],
  ["list invalid mine", { verb: "list", filters: { status: ["CLOSED"], assignee: ["me"] } }],
  [
    "list status:resolved unassigned",
    { verb: "list", filters: { status: ["RESOLVED"], assignee: ["none"] } },
  ],
])("the command “%s” is understood", (text, command) => {
  expect(readCommand(text)).toEqual(command);
});

test.each([
  ["reslove 1042", "resolve"],
  ["lst", "list"],
  ["res 1042", "resolve"],
  ["shwo", "show"],
  ["banana", null],
])("“%s” is unknown and %s is suggested", (text, nearest) => {
  expect(readCommand(text)).toMatchObject({ verb: "unknown", nearest });
});

test("a command without a number or with a wrong person or comment is misused", () => {
  expect(readCommand("show me")).toMatchObject({ verb: "misused", usage: "show 1042" });
  expect(readCommand("assign 1042 grace")).toMatchObject({ verb: "misused" });
  expect(readCommand("assign 1042 <@U1> <@U2>")).toMatchObject({ verb: "misused" });
  expect(readCommand(`resolve 1 ${"x".repeat(1001)}`)).toMatchObject({ verb: "misused" });
});

test("a comment is read as it was typed, without Slack's markup", () => {
  const text = "resolve 7 <@U1|eve> in <#C1|general>, see <https://a.example/x|a> &lt;!channel&gt; &amp;lt;";
  expect(readCommand(text)).toMatchObject({
    comment: "@eve in #general, see https://a.example/x <!channel> &lt;",
  });
});

test.each([
  ["as benign", "BENIGN", null, null],
  ["as Benign (expected) activity: VPN", "BENIGN", null, "VPN"],
  ["AS a false positive, our scanner", "FALSE_POSITIVE", null, "our scanner"],
  ["as true-positive", "TRUE_POSITIVE", null, null],
  ["as other see the ticket", "OTHER", null, "see the ticket"],
  ["as duplicate of #1041 same host", "DUPLICATE", 1041, "same host"],
  ["as duplicate", null, null, "as duplicate"],
  ["as discussed with Eve", null, null, "as discussed with Eve"],
  ["as otherwise agreed", null, null, "as otherwise agreed"],
  ["was benign", null, null, "was benign"],
])("“resolve 7 %s” has the disposition %s", (words, disposition, duplicateOf, comment) => {
  const command = { verb: "resolve", number: 7, disposition, duplicateOf, comment };
  expect(readCommand(`resolve 7 ${words}`)).toEqual(command);
});

test("any text is read without an error", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => void readCommand(text)),
    {
      interruptAfterTimeLimit: 2000,
    },
  );
});
