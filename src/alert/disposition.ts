/** Why an alert was closed (docs/behaviour.md#closing). */
export const dispositions = ["TRUE_POSITIVE", "BENIGN", "FALSE_POSITIVE", "DUPLICATE", "OTHER"] as const;
export type Disposition = (typeof dispositions)[number];

export const dispositionLabels: Record<Disposition, string> = {
  TRUE_POSITIVE: "True positive",
  BENIGN: "Benign (expected) activity",
  FALSE_POSITIVE: "False positive",
  DUPLICATE: "Duplicate of another alert",
  OTHER: "Other",
};

/** The disposition of an alert; null while it is open, and if nobody gave one. */
export interface GivenDisposition {
  disposition: Disposition | null;
  /** The number of the other alert; set for DUPLICATE only. */
  duplicateOf: number | null;
}

export const noDisposition: GivenDisposition = { disposition: null, duplicateOf: null };

/** The disposition as people read it: `False positive`, `Duplicate of #1042`; empty without one. */
export function dispositionText({ disposition, duplicateOf }: GivenDisposition): string {
  if (disposition === null) return "";
  return disposition === "DUPLICATE" ? `Duplicate of #${duplicateOf}` : dispositionLabels[disposition];
}
