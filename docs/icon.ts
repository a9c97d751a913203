import { readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

// `node docs/icon.ts` draws the Slack app's icon again; Slack takes squares of 512 to 2000 pixels.
const folder = new URL("../src/connect/manifest/icon/", import.meta.url);
const svg = await readFile(new URL("tocsin.svg", folder), "utf8");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const size of [512, 1024, 2000]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  const { pathname: path } = new URL(`tocsin-${size}.png`, folder);
  await page.screenshot({ path });
}
await browser.close();
