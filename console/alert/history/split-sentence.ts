import type { HistoryBody } from "../../../src/http/contract/history.ts";

type Told = Pick<HistoryBody, "sentence" | "data">;

/**
 * Takes a person's own words out of the sentence that ends with them, to be shown with their line breaks:
 * "Ada resolved the alert: VPN" to {line: "Ada resolved the alert", quote: "VPN"}.
 */
export function splitSentence({ sentence, data }: Told): { line: string; quote: string | null } {
  const words = [data.text, data.comment].find((value) => typeof value === "string" && value !== "");
  if (typeof words !== "string") return { line: sentence, quote: null };
  const colon = sentence.indexOf(": ");
  return { line: colon < 0 ? sentence : sentence.slice(0, colon), quote: words };
}
