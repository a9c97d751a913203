import type { Severity } from "../../alert/severity.ts";
import type { Status } from "../../alert/status.ts";

/** An alert as a digest names it. */
export interface NamedAlert {
  id: string;
  number: number;
  severity: Severity;
  title: string;
}

/** How many of the gathered alerts are alike. */
export interface Tally {
  severity: Severity;
  status: Status;
  assigned: boolean;
  count: number;
}

export interface DigestView {
  id: string;
  /** How often its controls were drawn: it makes their block id new. */
  redraws: number;
  timezone: string;
  /** The gathered alerts in the Console. */
  listUrl: string;
  /** When the first and the last of the gathered alerts came; null when none was gathered. */
  span: { from: Date; to: Date } | null;
  /** The storm is over: nothing joins the digest any more. */
  over: boolean;
  gathered: readonly Tally[];
  /** The noisiest detections, and how many others there are. */
  detections: { top: readonly { name: string; count: number }[]; others: number };
  /** CRITICAL and HIGH alerts that wait for cards of their own: how many, and the first of them. */
  loud: { critical: number; high: number; first: readonly NamedAlert[] };
  /** What the menu offers a card for, the most severe first. */
  menu: readonly NamedAlert[];
  now: Date;
  note?: string;
}
