import type { BoomerangPreviewBody } from "../../../../src/boomerang/contract.ts";
import { MessageParts } from "../../../components/message-parts.tsx";
import css from "./boomerang.module.css";

/** The question exactly as recipients will see it; the server makes it from the message itself. */
export function Preview({ preview: { to, parts } }: { preview: BoomerangPreviewBody }) {
  const names = new Intl.ListFormat("en-GB").format(to);
  return (
    <section aria-labelledby="preview">
      <p id="preview" className={css.previewTitle}>
        {names} will see exactly this:
      </p>
      <MessageParts parts={parts} />
    </section>
  );
}
