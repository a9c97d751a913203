import { Code, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { AuditEntryBody } from "../../src/people/contract.ts";
import { reveal } from "../components/reveal.ts";
import { Time } from "../components/time.tsx";

export function AuditRow({ entry }: { entry: AuditEntryBody }) {
  const { at, actor, action, target, via, ip, outcome, data } = entry;
  return (
    <tr>
      <td>
        <Time at={at} />
      </td>
      <td className="wrap">{reveal(actor.name)}</td>
      <td className="wrap">
        {sayAction(action)}
        {Object.keys(data).length > 0 ? (
          <Text size="xs" c="dimmed">
            {reveal(sayData(data))}
          </Text>
        ) : null}
      </td>
      <td>{target ? <Target {...target} /> : null}</td>
      <td>
        {via}
        {ip ? ` · ${ip}` : ""}
      </td>
      <td>{outcome === "refused" ? <strong style={{ color: "var(--bad)" }}>Refused</strong> : "Done"}</td>
    </tr>
  );
}

function Target({ type, id }: { type: string; id: string }) {
  if (type === "alert") {
    return (
      <Link to="/alerts/$alert" params={{ alert: id }}>
        alert
      </Link>
    );
  }
  return (
    <span title={id}>
      {type} <Code>{id.slice(-8)}</Code>
    </span>
  );
}

/** `destination.key_added` to "destination: key added". */
function sayAction(action: string): string {
  return action.replace(/[._]/g, (mark) => (mark === "." ? ": " : " "));
}

function sayData(data: Record<string, unknown>): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}
