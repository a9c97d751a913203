import { ActionIcon, Button, CopyButton, Tooltip } from "@mantine/core";
import css from "./copy.module.css";
import { Icon } from "./icon.tsx";

interface Props {
  text: string;
  /** What is copied, as "key": the label reads "Copy key". */
  what: string;
}

export function Copy({ text, what, onCopy }: Props & { onCopy?: () => void }) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            copy();
            onCopy?.();
          }}
          leftSection={<Icon name={copied ? "check" : "copy"} size={14} />}
          aria-label={`Copy ${what}`}
        >
          {copied ? "Copied" : "Copy"}
        </Button>
      )}
    </CopyButton>
  );
}

/** The same where there is no room for words. */
export function CopyIcon({ text, what }: Props) {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? "Copied" : `Copy ${what}`}>
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={`Copy ${what}`}>
            <Icon name={copied ? "check" : "copy"} size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** Something to be used elsewhere as it stands here: an address, a key, a command of several lines. */
export function CopyLine({ text, what }: { text: string; what: string }) {
  return (
    <div className={css.copyLine}>
      <pre className="wrap">{text}</pre>
      <Copy text={text} what={what} />
    </div>
  );
}
