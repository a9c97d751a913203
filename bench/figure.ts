/** A measured figure, with one value per round. */
export interface Figure {
  name: string;
  unit: string;
  values: number[];
  /** The goal of docs/figures.md as text, and whether the median reaches it. */
  goal?: string;
  met?: boolean;
}

/** The quantile of the values; a share of 0.5 gives the median. */
export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}
