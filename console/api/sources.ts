import type { Page } from "../../src/api/page.ts";
import type { SourceBody } from "../../src/ingest/contract.ts";
import type {
  ChangePreview,
  KeptBody,
  PreviewedChange,
  ReplayedBodies,
  ReplayedBody,
  UnknownWord,
  WholeBody,
} from "../../src/ingest/kept-bodies/contract.ts";
import { type Query, queryString, request } from "./request.ts";

/** One source, and the bodies of it that Tocsin keeps. */
export const sourceApi = {
  source: (id: string) => request<SourceBody>("GET", `/sources/${id}`),
  bodies: (id: string, query: Query) =>
    request<Page<KeptBody>>("GET", `/sources/${id}/bodies${queryString(query)}`),
  body: (id: string, bodyId: string) => request<WholeBody>("GET", `/sources/${id}/bodies/${bodyId}`),
  replay: (id: string, bodyId: string) =>
    request<ReplayedBody>("POST", `/sources/${id}/bodies/${bodyId}/replay`),
  /** Replays all bodies with refused reports, page by page. */
  async replayAll(id: string): Promise<Omit<ReplayedBodies, "next">> {
    let done = { taken: 0, stillRefused: 0 };
    let cursor: string | undefined;
    do {
      const page: ReplayedBodies = await request(
        "POST",
        `/sources/${id}/bodies/replay${queryString({ cursor })}`,
      );
      done = { taken: done.taken + page.taken, stillRefused: done.stillRefused + page.stillRefused };
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return done;
  },
  preview: (id: string, change: PreviewedChange) =>
    request<ChangePreview>("POST", `/sources/${id}/bodies/preview`, change),
  unknownWords: (id: string) => request<Page<UnknownWord>>("GET", `/sources/${id}/severity-words`),
};
