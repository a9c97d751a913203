import { Menu, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { statuses } from "../../../src/alert/alert.ts";
import type { DestinationBody } from "../../../src/deliver/contract.ts";
import type { DetectionBody } from "../../../src/ingest/contract.ts";
import { ActionsMenu } from "../../components/actions-menu.tsx";
import { SeverityBadge } from "../../components/badges.tsx";
import { reveal } from "../../components/reveal.ts";
import { shareText } from "../../components/share-text.ts";
import { Time } from "../../components/time.tsx";
import { DetectionSilence } from "../../silences/detection-silence.tsx";
import type { Filters } from "../alerts/filters/filters.ts";

/** The dialogs of a detection. */
export type DetectionDialog = "routing" | "automatic Boomerang";

interface Props {
  detection: DetectionBody;
  destinations: DestinationBody[];
  /** Undefined without the permission to edit. */
  onEdit: ((dialog: DetectionDialog) => void) | undefined;
}

export function DetectionRow({ detection, destinations, onEdit }: Props) {
  const { detectionId, name, source, severity, lastAlertAt, automaticBoomerang } = detection;
  const { alerts7Days, alerts30Days, closed30Days, falsePositives30Days } = detection;
  const shownName = reveal(name ?? detectionId);
  const own: Filters = { detection: [detectionId], source: [source.id], status: [...statuses] };
  return (
    <tr>
      <td className="wrap">
        <Link to="/alerts" search={own}>
          {shownName}
        </Link>
        {name ? (
          <Text size="xs" c="dimmed">
            {reveal(detectionId)}
          </Text>
        ) : null}
        {automaticBoomerang ? (
          <Text size="xs" c="dimmed">
            Asks by itself
          </Text>
        ) : null}
      </td>
      <td>{source.name}</td>
      <td>{severity ? <SeverityBadge severity={severity} /> : null}</td>
      <td>
        <Count count={alerts7Days} search={{ ...own, within: "7d" }} />
      </td>
      <td>
        <Count count={alerts30Days} search={{ ...own, within: "30d" }} />
      </td>
      <td>
        <Count
          count={falsePositives30Days}
          text={shareText(falsePositives30Days, closed30Days) ?? "None closed"}
          search={{ ...own, disposition: ["FALSE_POSITIVE"], within: "30d" }}
        />
      </td>
      <td>{lastAlertAt ? <Time at={lastAlertAt} length="short" /> : null}</td>
      <td>
        <Routing detection={detection} destinations={destinations} />
      </td>
      <td>
        <DetectionSilence source={source} detectionId={detectionId} name={shownName} />
      </td>
      <td>
        {onEdit ? (
          <ActionsMenu of={shownName} width={220}>
            <Menu.Item onClick={() => onEdit("routing")}>Routing…</Menu.Item>
            <Menu.Item onClick={() => onEdit("automatic Boomerang")}>Automatic Boomerang…</Menu.Item>
          </ActionsMenu>
        ) : null}
      </td>
    </tr>
  );
}

/** A count that opens the alerts behind it. `text` stands for the count, which is zero or not. */
function Count({ count, text, search }: { count: number; text?: string; search: Filters }) {
  const shown = text ?? count.toLocaleString("en");
  if (count === 0) return <Text c="dimmed">{shown}</Text>;
  return (
    <Link to="/alerts" search={search}>
      {shown}
    </Link>
  );
}

/** Where the detection's alerts go: by its override, or by the filters of the destinations. */
function Routing({
  detection: { destinations: override, route },
  destinations,
}: Pick<Props, "detection" | "destinations">) {
  if (override?.length === 0) return "Nowhere (Console only)";
  if (override) {
    const nameOf = (id: string) =>
      destinations.find((destination) => destination.id === id)?.displayName ?? "a deleted destination";
    return `Only ${override.map(nameOf).join(", ")}`;
  }
  if (!route) return <Text c="dimmed">Default routing</Text>;
  const names = route.destinations.map(({ name }) => name).join(", ");
  return <Text c="dimmed">{names || "Not routed"}</Text>;
}
