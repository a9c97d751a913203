import type { Installation } from "../../workspace/installation.ts";

/** Whether the manifest asks for other scopes by now than when the app was installed. */
export function asksAnew({ app, asked }: Installation): boolean {
  const now = new Set(app.settings.scopes);
  return now.size !== asked.size || [...now].some((scope) => !asked.has(scope));
}
