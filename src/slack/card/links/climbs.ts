/** Whether a browser would go up a folder, or stay where it is: at `..` and `.`, however their dots are written. */
export function climbs(address: string): boolean {
  const [path = ""] = address.split(/[?#]/);
  return path.split(/[/\\]/).some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}
