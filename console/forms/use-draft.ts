import { useSessionStorage } from "@mantine/hooks";
import { useSession } from "../session/use-session.ts";

/**
 * Text that somebody has begun to write, as state. The tab keeps it when its page or dialog is left, when it is loaded
 * again, and when the session has run out meanwhile; an empty text ends it, and so does signing out.
 */
export function useDraft(of: string) {
  const user = useSession().data?.user.id ?? "";
  const [text, setText] = useSessionStorage({
    key: `draft:${user}:${of}`,
    defaultValue: "",
    getInitialValueInEffect: false,
  });
  return [text, setText] as const;
}
