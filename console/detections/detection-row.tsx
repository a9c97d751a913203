import { Button, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { DestinationBody } from "../../src/deliver/contract.ts";
import type { DetectionBody } from "../../src/ingest/contract.ts";
import { reveal } from "../components/reveal.ts";
import { Time } from "../components/time.tsx";

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
