/** One thing that was measured, once per round. */
export interface Figure {
  name: string;
  unit: string;
  values: number[];
  /** What spec section 12 asks for, in words, and whether the median reaches it. */
  goal?: string;
  met?: boolean;
}

/** The value at a share of the sorted values: 0.5 is the median. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}
