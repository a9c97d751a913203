import { expect, test } from "vitest";
import { bulkSentence, drawBulkNotice } from "./bulk-notice.ts";

const url = "https://tocsin.acme.example/alerts";

test("a bulk change is one line that leads to its alerts; what it quotes stays inert", () => {
  const line = drawBulkNotice({ sentence: "Ada resolved 37 alerts: <!channel>\nnoise", url, mention: null });
  expect(line.text).toBe("Ada resolved 37 alerts: &lt;!channel&gt; noise");
  expect(line.blocks).toEqual([
    {
      type: "rich_text",
      block_id: "bulk",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            { type: "text", text: "Ada resolved 37 alerts: <!channel> noise " },
            { type: "link", url, text: "See them in Tocsin" },
          ],
        },
      ],
    },
  ]);
});

test("whoever has them now is mentioned, by id", () => {
  const line = drawBulkNotice({ sentence: "Ada assigned 12 alerts to Grace", url, mention: "U0GRACE" });
  expect(line.text).toBe("Ada assigned 12 alerts to Grace <@U0GRACE>");
});

const ada = { type: "user", id: "1", name: "Ada" } as const;
const grace = { id: "2", email: "grace@acme.example", name: "Grace" };

test.each([
  [
    { status: "RESOLVED", comment: "noise from the pentest" },
    "Ada resolved 37 alerts: noise from the pentest",
  ],
  [{ status: "CLOSED" }, "Ada called 37 alerts invalid"],
  [{ status: "OPEN" }, "Ada set 37 alerts to Open"],
  [{ status: "TRIAGED", assignee: grace }, "Ada triaged 37 alerts and assigned them to Grace"],
  [{ assignee: grace }, "Ada assigned 37 alerts to Grace"],
  [{ assignee: { ...grace, id: "1" } }, "Ada took 37 alerts"],
  [{ assignee: null }, "Ada unassigned 37 alerts"],
  [{ comment: "seen" }, "Ada commented on 37 alerts: seen"],
] as const)("%j is one line", (command, line) => {
  expect(bulkSentence(ada, command, 37)).toBe(line);
});

test("one alert is one alert", () => {
  expect(bulkSentence(ada, { status: "RESOLVED" }, 1)).toBe("Ada resolved 1 alert");
});
