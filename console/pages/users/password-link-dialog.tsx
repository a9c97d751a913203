import { SecretDialog } from "../../components/secret-dialog.tsx";
import type { PasswordLink } from "./user-form.tsx";

/** Says whether the link was emailed, and shows it, so that it can be sent in another way. */
export function PasswordLinkDialog({ link, onClose }: { link: PasswordLink; onClose: () => void }) {
  const { name, email, mailed, setPasswordUrl, isInvitation } = link;
  const what = isInvitation ? "invitation" : "link";
  const life = "It works once, within 24 hours, to choose a password.";
  const unsent = {
    title: `Password link for ${name}`,
    advice: `Send this link to ${name}. ${life} It can't be shown again.`,
  };
  const texts = {
    sent: {
      title: isInvitation ? `Invitation sent to ${name}` : `Password link sent to ${name}`,
      advice: `The ${what} was emailed to ${email}. If it doesn't arrive, send this link. ${life} It can't be shown again.`,
      done: "Close",
    },
    failed: {
      title: `The ${what} for ${name} wasn't emailed`,
      advice: `The mail server didn't take the email to ${email}. Send this link to ${name} yourself. ${life} It can't be shown again.`,
    },
    no_mail_server: unsent,
    not_needed: unsent,
  };
  return <SecretDialog {...texts[mailed]} label="link" secret={setPasswordUrl} onClose={onClose} />;
}
