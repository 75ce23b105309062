// node look.mjs CHROMIUM WORK.json: what a real browser makes of pages, as JSON. WORK: {pages: [{file, width, scheme,
// shot, print}]}; `shot` and `print` name files to write, or are absent.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const [executablePath, work] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"] });
const found = [];
for (const { file, width, scheme, shot, print } of JSON.parse(readFileSync(work, "utf8")).pages) {
  const context = await browser.newContext({ bypassCSP: true, colorScheme: scheme ?? "light", viewport: { width: width ?? 1280, height: 900 } });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  if (shot) await page.screenshot({ path: shot, fullPage: true });
  if (print) await page.pdf({ path: print, preferCSSPageSize: true });
  await page.evaluate(axe);
  found.push(
    await page.evaluate(async (asked) => {
      const { violations, incomplete, passes } = await axe.run(document, { resultTypes: ["violations", "incomplete"] });
      const brief = (rules) => rules.map((rule) => ({ id: rule.id, help: rule.help, nodes: rule.nodes.map((node) => node.html.slice(0, 200)) }));
      const { scrollWidth, clientWidth } = document.documentElement;
      const style = getComputedStyle(document.body);
      return { violations: brief(violations), incomplete: brief(incomplete), passes: passes.length, asked, scrollWidth, clientWidth, ink: style.color, paper: style.backgroundColor };
    }, asked),
  );
  await context.close();
}
await browser.close();
console.log(JSON.stringify(found));
