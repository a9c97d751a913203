import { expect, test } from "vitest";
import { renderBulkLine } from "./render-bulk-line.ts";

const url = "https://tocsin.acme.example/alerts";

test("a bulk change is one line that leads to its alerts; what it quotes stays inert", () => {
  const line = renderBulkLine({ sentence: "Ada resolved 37 alerts: <!channel>\nnoise", url, mention: null });
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
  const line = renderBulkLine({ sentence: "Ada assigned 12 alerts to Grace", url, mention: "U0GRACE" });
  expect(line.text).toBe("Ada assigned 12 alerts to Grace <@U0GRACE>");
});
