import type { Button, PlainTextOption, StaticSelect } from "@slack/types";
import { z } from "zod";
import { slackControl } from "../../interact/slack-action.ts";
import { oneLine, plain } from "../../slack/text/text.ts";

const page = z.int().nonnegative();
export const detailsAt = z.discriminatedUnion("show", [
  z.object({ show: z.literal("part"), part: z.string(), page }),
  z.object({ show: z.literal("found"), query: z.string(), page }),
  /** One value of a part, by its index in walking order. */
  z.object({ show: z.literal("value"), part: z.string(), n: page, page }),
]);
/** What the details dialog shows. Pages count from 0. */
export type DetailsAt = z.output<typeof detailsAt>;

/** What the dialog shows after a click, from what it shows now. */
export type NextDetails = (from: DetailsAt) => DetailsAt;

/** The select of the part to show. */
export const partSelect = slackControl({
  id: "part",
  draw: (of: {
    options: PlainTextOption[];
    chosen: PlainTextOption | null;
  }): Omit<StaticSelect, "action_id"> => ({
    type: "static_select",
    placeholder: plain("Back to…", 150),
    options: of.options,
    ...(of.chosen && { initial_option: of.chosen }),
  }),
  read: ({ value: part }): NextDetails | null =>
    part === null ? null : () => ({ show: "part", part, page: 0 }),
});

/** The buttons to the previous and to the next page, by its number. */
export const previousPage = pageButton("page:prev", "Previous");
export const nextPage = pageButton("page:next", "Next");

function pageButton(id: string, label: string) {
  return slackControl({
    id,
    draw: (page: number): Omit<Button, "action_id"> => ({
      type: "button",
      text: plain(label, 75),
      value: String(page),
    }),
    read({ value }): NextDetails | null {
      const page = readIndex(value);
      return page === null ? null : (from) => ({ ...from, page });
    },
  });
}

/** The button of a search result that shows the value in full. */
export const openValue = slackControl({
  id: "value",
  draw: ({ part, n, path }: { part: string; n: number; path: string }): Omit<Button, "action_id"> => ({
    type: "button",
    text: plain("Open", 75),
    accessibility_label: oneLine(`Open ${path}`, 75),
    value: `${n} ${part}`,
  }),
  read({ value }): NextDetails | null {
    const [index = "", part = ""] = value?.split(" ") ?? [];
    const n = readIndex(index);
    return n === null ? null : () => ({ show: "value", part, n, page: 0 });
  },
});

export const detailsControls = [partSelect, previousPage, nextPage, openValue];

function readIndex(value: string | null): number | null {
  return value !== null && /^\d{1,6}$/.test(value) ? Number(value) : null;
}
