import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type Severity, severityLabels } from "../../../src/alert/alert.ts";
import type { ChangePreview } from "../../../src/ingest/kept-bodies/contract.ts";
import { sourceApi } from "../../api/sources.ts";
import { usePermission } from "../../session/use-session.ts";
import css from "./source.module.css";

interface Props {
  sourceId: string;
  /** The words as they would be mapped; null while no choice has the pointer or the focus. */
  words: Record<string, Severity> | null;
}

/** What a choice would have changed in the bodies that came last. */
export function SeverityPreview({ sourceId, words }: Props) {
  const canRead = usePermission("View Alerts");
  const [tried] = useDebouncedValue(words, 250);
  const { data } = useQuery({
    queryKey: ["sources", sourceId, "severity-preview", tried],
    queryFn: () => sourceApi.preview(sourceId, { severityWords: tried ?? {} }),
    enabled: canRead && tried !== null,
  });
  return (
    <p className={css.quiet} role="status">
      {tried && data ? previewText(data) : null}
    </p>
  );
}

function previewText({ bodies, alerts }: ChangePreview): string {
  const changes = alerts.flatMap(({ before: { severity: from }, severity: to }) =>
    from && from !== to ? [`${severityLabels[from]} → ${severityLabels[to]}`] : [],
  );
  const where = bodies === 1 ? "In the last body" : `In the last ${bodies} bodies`;
  const [first] = changes;
  if (!first) return `${where}, no alert would have another severity.`;
  return changes.length === 1
    ? `${where}, one alert would have another severity: ${first}.`
    : `${where}, ${changes.length} alerts would have another severity, such as ${first}.`;
}
