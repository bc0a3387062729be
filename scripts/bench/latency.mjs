// Latencies in the real extension: from an event to painted canvas, as a person would wait for it.
import { encode } from 'fast-png';
import { launch, pressToolbarButton } from '../lib/extension.mjs';
import { changeOperation, operations } from '../lib/lab.mjs';
import { closePanel, dispatchEntry, painted, panelOf } from '../lib/panel.mjs';
import { measureInspector } from './inspector.mjs';
import { median, percentile } from './numbers.mjs';
import { servePicture } from './picture.mjs';

const side = 1024;
const changes = 30;
/** An op whose changes take longer is measured with fewer of them. */
const longestOp = 5000;
const neverDrawn = 3000;
/** Ms until a popup that was closed has ended its worker too. */
const rest = 400;
/** What the panel says on its console when its result is drawn: to ask it would put the asker's own script into the start that is measured. */
const drawnMark = 'bench: drawn';
/** Convolutions add up all channels, so they are not bound by the frame. */
export const dense = ['conv2d', 'convTranspose2d', 'linear', 'mix1x1'];

/** A picture of one megapixel: soft shapes and a little noise. */
export function megapixel() {
  const data = new Uint8Array(side * side * 3);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % side, Math.floor(pixel / side)];
    data[i] = 128 + 80 * Math.sin(x / (40 + 20 * (i % 3))) * Math.cos(y / 57) + (state >>> 27);
  }
  return encode({ width: side, height: side, channels: 3, depth: 8, data });
}

/** Runs in every page and frame before its scripts: notes when the result is drawn, and when there is something to use. */
function watch(drawnMark) {
  const seen = { draws: [], ready: 0 };
  Object.assign(globalThis, { seen });
  const drawing = [
    [CanvasRenderingContext2D.prototype, 'drawImage'],
    [CanvasRenderingContext2D.prototype, 'putImageData'],
    [ImageBitmapRenderingContext.prototype, 'transferFromImageBitmap'],
  ];
  for (const [context, name] of drawing) {
    const draw = context[name];
    context[name] = function (...args) {
      draw.apply(this, args);
      const label = this.canvas instanceof HTMLCanvasElement ? this.canvas.getAttribute('aria-label') : null;
      if (label !== 'Output') return;
      seen.draws.push(performance.now());
      if (location.pathname === '/panel.html') console.debug(drawnMark);
    };
  }
  // It looks through the page at every change, which only the popup's own measure may cost.
  if (location.pathname !== '/popup.html') return;
  const usable = () => document.querySelector('[role="option"], [role="listbox"]') && document.querySelector('button:enabled');
  const observer = new MutationObserver(() => {
    if (!usable()) return;
    observer.disconnect();
    seen.ready = performance.now();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}

/** In the Lab: moves a slider of the controls again and again; ms from each event to the last drawing that it caused. */
async function moveSlider({ index, changes, longest }) {
  const idle = () => !document.querySelector('[aria-busy="true"]');
  // A value that the picture does not fit has no result, and the page says so at once.
  const unfit = () => document.querySelector('.veil')?.textContent === 'last result that fitted';
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const slider = () => document.querySelectorAll('.ctl .params input[type=range]')[index];
  if (!slider()) return null;
  const input = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  const [low, high, step] = [slider().min, slider().max, slider().step].map(Number);
  const start = Number(slider().value);
  // Three neighbouring values, upwards where there is room.
  const up = start + 2 * step <= high ? step : -step;
  const values = [1, 2, 0].map((k) => start + k * up).filter((value) => value >= low && value <= high);
  const until = performance.now() + longest;
  const taken = [];
  const missed = [];
  for (let i = 0; i < changes && performance.now() < until && missed.length < 3; i++) {
    globalThis.seen.draws.length = 0;
    // Not in step with the frames: an event may come at any time.
    await pause(20 + ((i * 7) % 16));
    const at = slider();
    if (!at) return null;
    input.set.call(at, String(values[i % values.length]));
    const began = performance.now();
    at.dispatchEvent(new Event('input', { bubbles: true }));
    while (performance.now() - began < 3000 && !unfit() && !(globalThis.seen.draws.length > 0 && idle())) await pause(4);
    // A preview may come first: the last drawing counts.
    await pause(30);
    while (!idle() && performance.now() - began < 10_000) await pause(10);
    const last = globalThis.seen.draws.at(-1);
    if (unfit()) continue;
    if (last === undefined) missed.push(performance.now() - began);
    else taken.push(last - began);
  }
  // Left alone after a last change: until it is drawn in full.
  const left = slider();
  let full = 0;
  if (left && taken.length > 0) {
    const began = performance.now();
    const settled = () => idle() && performance.now() - globalThis.seen.draws.at(-1) > 300;
    input.set.call(left, String(values[changes % values.length]));
    left.dispatchEvent(new Event('input', { bubbles: true }));
    while (performance.now() - began < 600 || (performance.now() - began < 5000 && !settled())) await pause(20);
    full = globalThis.seen.draws.at(-1) - began;
  }
  // A change that is never drawn counts as the whole wait.
  if (taken.length > 0) taken.push(...missed);
  const used = slider();
  const label = document.getElementById(used?.getAttribute('aria-labelledby') ?? '')?.textContent;
  return { title: (used?.getAttribute('aria-label') ?? label ?? '').trim(), taken, full };
}

async function dropPicture(page, bytes) {
  await page.evaluate((base64) => {
    const data = new DataTransfer();
    data.items.add(
      new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], 'picture.png', { type: 'image/png' }),
    );
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, Buffer.from(bytes).toString('base64'));
  await painted(page);
}

/** Every op with a slider: { op, slider, changes, median, p95, full }, and the ops that have none. */
async function sliders(extension, bytes, only) {
  const page = await extension.context.newPage();
  try {
    await page.goto(`chrome-extension://${extension.id}/lab.html`);
    await page.waitForSelector('text=Drop a picture here');
    await dropPicture(page, bytes);
    const ops = await operations(page);
    const rows = [];
    const without = [];
    for (const op of new Set(ops)) {
      if (dense.includes(op) || !op.toLowerCase().includes(only.toLowerCase())) continue;
      await changeOperation(page, op);
      await painted(page, 'Output', 60_000);
      const row = await firstThatDraws(page, op);
      if (row) rows.push(row);
      else without.push(op);
    }
    return { sliders: rows, without };
  } finally {
    await page.close();
  }
}

/** The first slider of the op that changes the picture; null where there is no slider. An op none of whose sliders does so fails every bar. */
async function firstThatDraws(page, op) {
  for (let index = 0; index < 6; index++) {
    const moved = await page.evaluate(moveSlider, { index, changes, longest: longestOp });
    if (!moved && index === 0) return null;
    if (!moved) break;
    const { title, taken, full } = moved;
    if (taken.length < 3) continue;
    const row = { op, slider: title, changes: taken.length, median: median(taken), p95: percentile(taken, 0.95), full };
    console.log(
      `slider  ${op}: median ${row.median.toFixed(1)} ms, p95 ${row.p95.toFixed(1)} ms (${taken.length} changes), in full ${full.toFixed(0)} ms`,
    );
    return row;
  }
  console.log(`slider  ${op}: no slider draws`);
  return { op, slider: '', changes: 0, median: neverDrawn, p95: neverDrawn, full: neverDrawn };
}

/** Ms from the start of the popup's page to operations that can be chosen, and from the start of a file of the extension without scripts to its end. */
async function popup(extension) {
  const [taken, least] = [[], []];
  for (let i = 0; i < 11; i++) {
    const ready = await opened(extension, 'popup.html', () => globalThis.seen.ready);
    const bare = await opened(
      extension,
      'manifest.json',
      () => performance.timing.domInteractive - performance.timing.navigationStart,
    );
    // The first ones fill caches.
    if (i > 0) taken.push(ready);
    if (i > 0) least.push(bare);
  }
  return { ...summary(taken), least: median(least) };
}

/** Opens a page of the extension, waits for a time that it tells, and closes it. */
async function opened(extension, file, time) {
  const page = await extension.context.newPage();
  try {
    await page.goto(`chrome-extension://${extension.id}/${file}`);
    return await (await page.waitForFunction(time)).jsonValue();
  } finally {
    await page.close();
  }
}

/** Ms from the choice in the context menu to the painted result, when the panel was open before. */
async function menu(extension, bytes) {
  const site = await servePicture(bytes);
  const page = await extension.context.newPage();
  const taken = [];
  try {
    await page.goto(site.url);
    for (let i = 0; i < 11; i++) {
      await grant(extension, page);
      const first = page.waitForEvent('console', { predicate: (message) => message.text() === drawnMark });
      const clicked = await dispatchEntry(extension, page, 'maxPool', { srcUrl: `${site.url}picture.png` });
      await first;
      const frame = await panelOf(page);
      await painted(frame);
      const drawn = await frame.evaluate(() => performance.timeOrigin + globalThis.seen.draws.at(-1));
      if (!(drawn > clicked)) throw new Error('bench: expected a drawing in the panel after the click, saw none');
      if (i > 0) taken.push(drawn - clicked);
      await closePanel(page, frame);
    }
  } finally {
    await page.close();
    site.close();
  }
  return summary(taken);
}

/** Grants activeTab by the toolbar button, and waits until its popup is gone and at rest: a right-click opens none. */
async function grant(extension, page) {
  const targetId = await pressToolbarButton(extension, page);
  if (targetId) await extension.browser.send('Target.closeTarget', { targetId });
  await new Promise((resolve) => setTimeout(resolve, rest));
}

const summary = (taken) => ({ median: median(taken), p95: percentile(taken, 0.95), times: taken.length });

/** All latencies, with the built extension in a fresh profile. */
export async function measureLatencies(program, only = '') {
  const extension = await launch(program);
  try {
    await extension.context.addInitScript(watch, drawnMark);
    const bytes = megapixel();
    const shown = await popup(extension);
    console.log(`popup ready: median ${shown.median.toFixed(0)} ms; a bare file of the extension: ${shown.least.toFixed(0)} ms`);
    const chosen = await menu(extension, bytes);
    console.log(`right-click to painted result: median ${chosen.median.toFixed(0)} ms`);
    const inspector = await measureInspector(extension);
    return { popup: shown, menu: chosen, inspector, ...(await sliders(extension, bytes, only)) };
  } finally {
    await extension.close();
  }
}
