import { Button, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import type { DetectionBody } from "../../../src/ingest/contract.ts";
import { setupApi } from "../../api/setup.ts";
import { ConfigurePage } from "../../components/configure-page.tsx";
import { Empty, Loaded } from "../../components/lists/loaded.tsx";
import { LoadMore, usePages } from "../../components/lists/paged-list.tsx";
import { PlainTable } from "../../components/lists/plain-table.tsx";
import { reveal } from "../../components/reveal.ts";
import { Time } from "../../components/time.tsx";
import { usePermission } from "../../session/use-session.ts";
import { DetectionSilence } from "../../silences/detection-silence.tsx";
import { OverrideForm } from "./override-form.tsx";

export function DetectionsPage() {
  const [text, setText] = useState("");
  const [q] = useDebouncedValue(text.trim(), 250);
  const pages = usePages(["detections", "pages", q], (cursor) => setupApi.detections({ q, cursor }));
  const destinations = useQuery({ queryKey: ["destinations"], queryFn: setupApi.destinations });
  const canManage = usePermission("Manage Destinations");
  const [edited, setEdited] = useState<DetectionBody>();
  const known = destinations.data?.results ?? [];
  return (
    <ConfigurePage
      title="Detections"
      intro="Every rule that has raised an alert. You can override where a detection's alerts go."
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
            <PlainTable
              label="Detections"
              heads={["Detection", "Source", "Routing", "First seen", "Silence", ""]}
            >
              {detections.map((detection) => (
                <DetectionRow
                  key={detection.id}
                  detection={detection}
                  destinations={known}
                  onEdit={canManage ? () => setEdited(detection) : undefined}
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

interface Props {
  detection: DetectionBody;
  destinations: DestinationBody[];
  /** Undefined without the permission to edit. */
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
      <td>{describeOverride(detection.destinations, destinations)}</td>
      <td>
        <Time at={detection.createdAt} length="short" />
      </td>
      <td>
        <DetectionSilence source={source} detectionId={detectionId} name={reveal(name ?? detectionId)} />
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

function describeOverride(override: string[] | null, destinations: DestinationBody[]) {
  if (!override) return <Text c="dimmed">Default routing</Text>;
  if (override.length === 0) return "Nowhere (Console only)";
  const nameOf = (id: string) =>
    destinations.find((destination) => destination.id === id)?.displayName ?? "a deleted destination";
  return `Only ${override.map(nameOf).join(", ")}`;
}
