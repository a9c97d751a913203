import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { SourceBody, SourceKindBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { sourceApi } from "../../api/sources.ts";
import { Loaded } from "../../components/lists/loaded.tsx";

/** Live events tell of what is received; this is for when the stream is lost. */
const pollMs = 10_000;

interface Props {
  id: string;
  children: (source: SourceBody, kinds: SourceKindBody[]) => ReactNode;
}

/** Loads a source and the kinds that Tocsin knows. */
export function SourceAndKinds({ id, children }: Props) {
  const source = useQuery({
    queryKey: ["sources", id],
    queryFn: () => sourceApi.source(id),
    refetchInterval: pollMs,
  });
  const kinds = useQuery({
    queryKey: ["source-kinds"],
    queryFn: setupApi.sourceKinds,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Loaded query={kinds} label="source kinds">
      {({ results }) => (
        <Loaded query={source} label="source">
          {(found) => children(found, results)}
        </Loaded>
      )}
    </Loaded>
  );
}
