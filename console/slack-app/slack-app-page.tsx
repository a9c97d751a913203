export function SlackAppPage() {
  return null;
}
