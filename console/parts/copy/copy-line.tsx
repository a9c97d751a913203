import css from "../../components/copy.module.css";
import { Copy } from "../../components/copy.tsx";

/** Something to be used elsewhere as it stands here: an address, a key, a command of several lines. */
export function CopyLine({ text, what }: { text: string; what: string }) {
  return (
    <div className={css.copyLine}>
      <pre className="wrap">{text}</pre>
      <Copy text={text} what={what} />
    </div>
  );
}
