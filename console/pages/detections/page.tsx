import { Button, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import type { DetectionBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { reveal } from "../../components/reveal.ts";
import { SettingsPage } from "../../components/settings-page.tsx";
import { Time } from "../../components/time.tsx";
import { useMay } from "../../session/use-session.ts";
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

interface Props {
  detection: DetectionBody;
  destinations: DestinationBody[];
  /** Undefined for those who may only look. */
  onEdit: (() => void) | undefined;
}

export function DetectionRow({ detection, destinations, onEdit }: Props) {
  const { detectionId, name, source } = detection;
  return (
    <tr>
      <td className="wrap">
        <Link to="/alerts" search={{ detection: [detectionId] }}>
          {reveal(name ?? detectionId)}
        </Link>
        {name ? (
          <Text size="xs" c="dimmed">
            {reveal(detectionId)}
          </Text>
        ) : null}
      </td>
      <td>{source.name}</td>
      <td>{sayOverride(detection.destinations, destinations)}</td>
      <td>
        <Time at={detection.createdAt} length="short" />
      </td>
      <td>
        {onEdit ? (
          <Button
            variant="default"
            size="compact-sm"
            onClick={onEdit}
            aria-label={`Route ${reveal(name ?? detectionId)}`}
          >
            Route
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

function sayOverride(override: string[] | null, destinations: DestinationBody[]) {
  if (!override) return <Text c="dimmed">By their filters</Text>;
  if (override.length === 0) return "Nowhere";
  const nameOf = (id: string) =>
    destinations.find((destination) => destination.id === id)?.displayName ?? "a deleted destination";
  return `Only ${override.map(nameOf).join(", ")}`;
}
