// Films a real right-click, menu choice and change of a control as an animated GIF.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScreen } from './desk.mjs';
import { launch } from './extension.mjs';
import { withoutHints } from './keeping.mjs';
import { intoSubmenu, middleOf, windowsOn, xdotool } from './mouse.mjs';
import { painted, panelOf } from './panel.mjs';
import { run } from './process.mjs';

const size = { width: 1000, height: 700 };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Needs ImageMagick (`import`, `convert`), Xvfb and xdotool: resolves to the path of the GIF and its size. */
export async function recordRightClick(program, url, file) {
  const folder = mkdtempSync(join(tmpdir(), 'convscope-film-'));
  const screen = await startScreen(size.width, size.height);
  const extension = await launch(program, { display: screen.display, viewport: size });
  await withoutHints(extension);
  const frames = [];
  /** Takes one picture of the screen, to be shown for `ms`. */
  const shoot = async (ms) => {
    const path = join(folder, `${frames.length}.png`);
    await run('import', ['-display', screen.display, '-window', 'root', path]);
    frames.push('-delay', String(Math.round(ms / 10)), path);
  };
  const windows = () => windowsOn(screen.display);
  try {
    const page = extension.context.pages()[0];
    await page.goto(url);
    const [x, y] = await middleOf(page, 'img');
    xdotool(screen.display, 'mousemove', x, y);
    await shoot(900);
    const before = windows();
    xdotool(screen.display, 'click', '3');
    while (windows() <= before) await pause(30);
    await pause(150);
    await shoot(500);
    xdotool(screen.display, 'key', ...intoSubmenu);
    while (windows() <= before + 1) await pause(30);
    await pause(150);
    await shoot(1100);
    xdotool(screen.display, 'key', 'Return');
    const panel = await panelOf(page);
    await painted(panel);
    await pause(150);
    await shoot(1500);
    await panel.getByRole('spinbutton', { name: 'Kernel', exact: true }).focus();
    for (let kernel = 3; kernel <= 8; kernel++) {
      await page.keyboard.press('ArrowUp');
      await pause(120);
      await painted(panel);
      await shoot(kernel === 8 ? 2500 : 450);
    }
    await run('convert', ['-loop', '0', ...frames, '-resize', '800x', '-layers', 'Optimize', '+dither', '-colors', '128', file]);
    return `${file}, ${Math.round(statSync(file).size / 1024)} KB`;
  } finally {
    await extension.close();
    await screen.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
