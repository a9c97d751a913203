/** What the doctor has to say of one thing. */
export interface Finding {
  kind: "well" | "note" | "broken";
  what: string;
}
