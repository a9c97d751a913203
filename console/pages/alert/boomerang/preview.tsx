import type { BoomerangPreviewBody } from "../../../../src/boomerang/contract.ts";
import css from "./boomerang.module.css";

type Part = BoomerangPreviewBody["parts"][number];

/** The question exactly as recipients will see it; the server makes it from the message itself. */
export function Preview({ preview: { to, parts } }: { preview: BoomerangPreviewBody }) {
  const names = new Intl.ListFormat("en-GB").format(to);
  return (
    <section aria-labelledby="preview">
      <p id="preview" className={css.previewTitle}>
        {names} will see exactly this:
      </p>
      <div className={css.message}>
        {parts.map((part) => (
          <PreviewPart key={part.kind === "buttons" ? part.kind : `${part.kind} ${part.text}`} part={part} />
        ))}
      </div>
    </section>
  );
}

function PreviewPart({ part }: { part: Part }) {
  switch (part.kind) {
    case "heading":
      return <h3 className="wrap">{part.text}</h3>;
    case "text":
      return <p className="wrap">{part.text}</p>;
    case "note":
      return <p className={css.note}>{part.text}</p>;
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
