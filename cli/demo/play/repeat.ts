import type { SourceKind } from "../../../src/alert/source-kind.ts";

/** A body as its tool posts it. */
export interface Post {
  kind: SourceKind;
  body: object;
}

/** The posts by which a tool reports the same thing several times: one, where it can send a list. */
export function repeat({ kind, body }: Post, times: number): [Post, ...Post[]] {
  switch (kind) {
    case "native":
    case "panther":
      return [{ kind, body: Array.from({ length: times }, () => body) }];
    case "alertmanager":
    case "slack-webhook":
      return [{ kind, body }, ...Array.from({ length: times - 1 }, () => ({ kind, body }))];
    default:
      return kind satisfies never;
  }
}
