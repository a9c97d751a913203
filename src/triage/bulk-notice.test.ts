import { expect, test } from "vitest";
import { bulkSentence, drawBulkNotice } from "./bulk-notice.ts";

const url = "https://tocsin.acme.example/alerts";

test("a bulk notice is one inert line with a link to its alerts", () => {
  const notice = drawBulkNotice({
    sentence: "Ada resolved 37 alerts: <!channel>\nnoise",
    url,
    mention: null,
  });
  expect(notice.text).toBe("Ada resolved 37 alerts: &lt;!channel&gt; noise");
  expect(notice.blocks).toEqual([
    {
      type: "rich_text",
      block_id: "bulk",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { type: "text", text: "Ada resolved 37 alerts: <!channel> noise " },
            { type: "link", url, text: "See all in Tocsin" },
          ],
        },
      ],
    },
  ]);
});

test("a bulk notice mentions the new assignee by Slack ID", () => {
  const notice = drawBulkNotice({ sentence: "Ada assigned 12 alerts to Grace", url, mention: "U0GRACE" });
  expect(notice.text).toBe("Ada assigned 12 alerts to Grace <@U0GRACE>");
  expect(JSON.stringify(notice.blocks)).toContain('{"type":"user","user_id":"U0GRACE"}');
});

const ada = { type: "user", id: "1", name: "Ada" } as const;
const grace = { id: "2", email: "grace@acme.example", name: "Grace" };

test.each([
  [
    { status: "RESOLVED", comment: "noise from the pentest" },
    "Ada resolved 37 alerts: noise from the pentest",
  ],
  [{ status: "CLOSED" }, "Ada marked 37 alerts as invalid"],
  [{ status: "OPEN" }, "Ada set 37 alerts to Open"],
  [{ status: "TRIAGED", assignee: grace }, "Ada triaged 37 alerts and assigned them to Grace"],
  [{ assignee: grace }, "Ada assigned 37 alerts to Grace"],
  [{ assignee: { ...grace, id: "1" } }, "Ada took 37 alerts"],
  [{ assignee: null }, "Ada unassigned 37 alerts"],
  [{ comment: "seen" }, "Ada commented on 37 alerts: seen"],
] as const)("the sentence of a bulk change is in the past tense for %j", (command, line) => {
  expect(bulkSentence(ada, command, 37)).toBe(line);
});

test("the sentence of a bulk change counts one alert in the singular", () => {
  expect(bulkSentence(ada, { status: "RESOLVED" }, 1)).toBe("Ada resolved 1 alert");
});
