import { ConfigurePage } from "../../components/configure-page.tsx";
import { useSession } from "../../session/use-session.ts";
import css from "./account.module.css";
import { PasswordForm } from "./password-form.tsx";
import { Sessions } from "./sessions.tsx";

export function AccountPage() {
  const user = useSession().data?.user;
  return (
    <ConfigurePage title="Account" intro={user ? `${user.name} · ${user.email} · ${user.role}` : ""}>
      <div className={css.sections}>
        <PasswordForm email={user?.email ?? ""} />
        <Sessions />
      </div>
    </ConfigurePage>
  );
}
