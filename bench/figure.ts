/** One thing that was measured, once per round. */
export interface Figure {
  name: string;
  unit: string;
  values: number[];
  /** What spec section 12 asks for, in words, and whether the median reaches it. */
  goal?: string;
  met?: boolean;
}
