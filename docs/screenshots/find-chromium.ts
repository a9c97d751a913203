import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/** The browser that test/chromium.sh sees to. */
export async function findChromium(path = process.env.PATH ?? ""): Promise<string> {
  const places = names.flatMap((name) => path.split(delimiter).map((folder) => join(folder, name)));
  for (const place of places) {
    const runs = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return place;
  }
  throw new Error("There is no Chromium. On Debian: apt-get install chromium");
}
