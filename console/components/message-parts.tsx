import type { BoomerangPreviewBody } from "../../src/boomerang/contract.ts";
import css from "./message-parts.module.css";

type Part = BoomerangPreviewBody["parts"][number];

/** A message of Slack outside of Slack; the server makes the parts from the message itself. */
export function MessageParts({ parts }: { parts: readonly Part[] }) {
  return (
    <div className={css.message}>
      {parts.map((part) => (
        <MessagePart key={part.kind === "buttons" ? part.kind : `${part.kind} ${part.text}`} part={part} />
      ))}
    </div>
  );
}

function MessagePart({ part }: { part: Part }) {
  switch (part.kind) {
    case "heading":
      return <h3 className="wrap">{part.text}</h3>;
    case "text":
      return <p className="wrap">{part.text}</p>;
    case "note":
      return <p className={`wrap ${css.note}`}>{part.text}</p>;
    case "buttons":
      return (
        <div className={css.buttons}>
          {part.buttons.map(({ label, danger }) => (
            <span key={label} data-danger={danger}>
              {label}
            </span>
          ))}
        </div>
      );
    default:
      return part satisfies never;
  }
}
