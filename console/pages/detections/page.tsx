import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { DetectionBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Empty } from "../../parts/lists/empty.tsx";
import { LoadMore } from "../../components/lists/paged-list.tsx";
import { Loaded } from "../../components/lists/loaded.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { usePages } from "../../parts/lists/use-pages.ts";
import { SettingsPage } from "../../components/settings-page.tsx";
import { useMay } from "../../session/use-session.ts";
import { DetectionRow } from "../../detections/detection-row.tsx";
import { OverrideForm } from "./override-form.tsx";

export function DetectionsPage() {
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const pages = usePages(["detections", "pages", q], (cursor) => setupApi.detections({ q, cursor }));
  const destinations = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const mayManage = useMay("Manage Destinations");
  const [edited, setEdited] = useState<DetectionBody>();
  const known = destinations.data?.results ?? [];
  return (
    <SettingsPage
      title="Detections"
      about="Every rule that has raised an alert. One may send its alerts elsewhere than the destinations' filters say."
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
      <Loaded query={pages} what="detections">
        {(detections) =>
          detections.length > 0 ? (
            <PlainTable
              label="Detections"
              heads={["Detection", "Source", "Its alerts go to", "First seen", ""]}
            >
              {detections.map((detection) => (
                <DetectionRow
                  key={detection.id}
                  detection={detection}
                  destinations={known}
                  onEdit={mayManage ? () => setEdited(detection) : undefined}
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
        <OverrideForm detection={edited} destinations={known} onClose={() => setEdited(undefined)} />
      ) : null}
    </SettingsPage>
  );
}

function NoDetections({ searched }: { searched: string }) {
  if (searched) return <Empty title={`No detection matches “${searched}”`} />;
  return (
    <Empty title="No detections yet">
      <p>A detection appears here by itself when its first alert comes in.</p>
    </Empty>
  );
}
