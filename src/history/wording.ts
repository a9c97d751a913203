export function countText(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

export function listText(names: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(names);
}
