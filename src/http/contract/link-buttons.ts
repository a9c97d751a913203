import { z } from "zod";
import { linkFault } from "../../slack/card/links/link-fault.ts";

const mostButtons = 3;

const linkButton = z
  .strictObject({
    /** What stands on the button; Slack shows about 30 characters. */
    label: z.string().trim().min(1, "what shall stand on the button?").max(75, "at most 75 characters"),
    /** http(s), with the alert's fields in braces after the host: `https://siem.example/?q={context.user}`. */
    url: z
      .string()
      .trim()
      .min(1, "where shall the button lead?")
      .max(2000, "at most 2,000 characters")
      .superRefine((url, context) => {
        const fault = url === "" ? null : linkFault(url);
        if (fault) context.addIssue({ code: "custom", message: fault });
      }),
  })
  .meta({ id: "LinkButton" });

/** What a destination adds to its cards; a button is hidden where the alert lacks a field that it names. */
export const linkButtons = z.array(linkButton).max(mostButtons, "at most three link buttons");
