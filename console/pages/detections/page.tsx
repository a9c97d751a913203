import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, useState } from "react";
import type { DetectionBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { usePermission } from "../../session/use-session.ts";
import { AutomaticBoomerangForm } from "./automatic-boomerang.tsx";
import { type DetectionDialog, DetectionRow } from "./detection-row.tsx";
import { OverrideForm } from "./override-form.tsx";

const heads: ComponentProps<typeof PlainTable>["heads"] = [
  { label: "Detection", by: "name", first: "ascending" },
  { label: "Source", by: "source", first: "ascending" },
  { label: "Severity", by: "severity", first: "descending" },
  { label: "7 days", by: "alerts7Days", first: "descending" },
  { label: "30 days", by: "alerts30Days", first: "descending" },
  { label: "False positives", by: "falsePositiveShare", first: "descending" },
  { label: "Last seen", by: "lastAlertAt", first: "descending" },
  "Routing",
  "Silence",
  "",
];

export function DetectionsPage() {
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const [sort, setSort] = useState("-alerts30Days");
  const pages = usePages(["detections", "pages", q, sort], (cursor) =>
    setupApi.detections({ q, sort, cursor }),
  );
  const destinations = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const canManage = usePermission("Manage Destinations");
  const [edited, setEdited] = useState<{ detection: DetectionBody; dialog: DetectionDialog }>();
  const known = destinations.data?.results ?? [];
  const Dialog = edited?.dialog === "routing" ? OverrideForm : AutomaticBoomerangForm;
  return (
    <ConfigurePage
      title="Detections"
      intro="Every rule that has raised an alert: how often, how often it was wrong, and where its alerts go."
      action={
        <TextInput
          type="search"
          aria-label="Search detections"
          placeholder="Search detections"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
    >
      <Loaded query={pages} label="detections">
        {(detections) =>
          detections.length > 0 ? (
            <PlainTable label="Detections" heads={heads} sort={sort} onSort={setSort}>
              {detections.map((detection) => (
                <DetectionRow
                  key={detection.id}
                  detection={detection}
                  destinations={known}
                  onEdit={canManage ? (dialog) => setEdited({ detection, dialog }) : undefined}
                />
              ))}
            </PlainTable>
          ) : (
            <NoDetections searched={q} />
          )
        }
      </Loaded>
      <LoadMore pages={pages} />
      {edited ? (
        <Dialog detection={edited.detection} destinations={known} onClose={() => setEdited(undefined)} />
      ) : null}
    </ConfigurePage>
  );
}

function NoDetections({ searched }: { searched: string }) {
  if (searched) return <Empty title={`No detections match “${searched}”`} />;
  return (
    <Empty title="No detections yet">
      <p>A detection appears here automatically when its first alert arrives.</p>
    </Empty>
  );
}
