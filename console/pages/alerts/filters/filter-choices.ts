import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { AlertRow } from "../../../../src/triage/contract.ts";
import { setupApi } from "../../../api/setup.ts";
import { reveal } from "../../../components/reveal.ts";
import { usePermission } from "../../../session/use-session.ts";
import { usePeople } from "../../../triage/assignee-picker.tsx";
import type { Choice } from "./filter-menu.tsx";

/** Live events of settings don't refresh the choices: each report of a source causes one. */
const staleMs = 60_000;

/** The choices of the filters: from the loaded rows, and from the settings that the user may view. */
export function useFilterChoices(rows: AlertRow[]) {
  const sources = useQuery({
    queryKey: ["filter-choices", "sources"],
    staleTime: staleMs,
    queryFn: setupApi.sources,
    enabled: usePermission("View Sources"),
  });
  const detections = useQuery({
    queryKey: ["filter-choices", "detections"],
    staleTime: staleMs,
    queryFn: () => setupApi.detections({}),
    enabled: usePermission("View Destinations"),
  });
  const people = usePeople(rows);
  return useMemo(
    () => ({
      sources: distinct([
        ...rows.map(({ source }) => [source.id, source.name]),
        ...(sources.data?.results ?? []).map(({ id, name }) => [id, name]),
      ]),
      detections: distinct([
        ...rows.flatMap(({ detection }) => (detection ? [[detection.id, detection.name]] : [])),
        ...(detections.data?.results ?? []).map(({ detectionId, name }) => [detectionId, name]),
      ]),
      logTypes: distinct(rows.flatMap(({ logTypes }) => logTypes.map((name) => [name, name]))),
      tags: distinct(rows.flatMap(({ tags }) => tags.map((name) => [name, name]))),
      assignees: [
        { value: "me", label: "Me" },
        { value: "none", label: "Unassigned" },
        ...people.map(({ id, name }) => ({ value: id, label: name })),
      ],
    }),
    [rows, sources.data, detections.data, people],
  );
}

function distinct(pairs: (string | null | undefined)[][]): Choice[] {
  const labels = new Map(pairs.map(([value, label]) => [value ?? "", reveal(label ?? value ?? "")]));
  return [...labels]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
