/** The result of one check of `tocsin doctor`. */
export interface Finding {
  kind: "ok" | "note" | "broken";
  text: string;
}
