// The Lab in each of its states, one picture each.
import { join } from 'node:path';
import { changeOperation } from '../lib/lab.mjs';
import { painted } from '../lib/panel.mjs';
import { root } from '../lib/process.mjs';
import { saveable } from './saveable.mjs';

const photos = ['chelsea.png', 'coffee.png', 'rocket.jpg'].map((name) => join(root, 'assets', 'photos', name));
const settled = async (page) => {
  await painted(page, 'Output').catch(() => undefined);
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .working'));
  await page.waitForTimeout(300);
};

async function choosePreset(page, id) {
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.locator(`[data-preset=${id}]`).click();
  await settled(page);
}

const isWide = (page) => page.viewportSize().width > 800;

/** What is done in turn in one and the same Lab, and what the picture that follows is called. */
const states = {
  '': async (page) => {
    await page.getByRole('button', { name: 'Open sample coffee.png' }).click();
    await painted(page);
    await changeOperation(page, 'conv2d');
    await page.waitForFunction(() => /Kernel/.test(document.body.innerText));
    await settled(page);
    await page.waitForFunction(saveable);
  },
  '-frequency': async (page) => {
    const map = page.locator('.frequency').first();
    await map.scrollIntoViewIfNeeded();
  },
  '-presets': async (page) => {
    await page.evaluate(() => scrollTo(0, 0));
    await page.getByRole('button', { name: 'Presets' }).click();
  },
  '-chain': async (page) => {
    await page.keyboard.press('Escape');
    await choosePreset(page, 'edges');
  },
  '-search': async (page) => {
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Find an operation' }).fill('pool');
  },
  '-split': async (page) => {
    // The first empties the field, the second closes it.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.activeElement?.blur?.());
    await page.keyboard.press('2');
    await settled(page);
  },
  '-difference': async (page) => {
    await choosePreset(page, 'blurSharpen');
    await page.keyboard.press('4');
    await page.waitForTimeout(1500);
  },
  '-loupe': async (page) => {
    await page.keyboard.press('1');
    await page.keyboard.press('l');
    await page.locator('figure.input .glass').hover();
    await page.waitForTimeout(500);
  },
  '-pixels': async (page) => {
    await page.keyboard.press('l');
    const zoom = page.getByRole('textbox', { name: 'Zoom', exact: true });
    await zoom.fill('6400');
    await zoom.press('Enter');
    await page.mouse.move(0, 0);
    await page.waitForTimeout(600);
  },
  '-maps': async (page) => {
    await page.getByRole('button', { name: /^Fit/ }).click();
    await choosePreset(page, 'vgg');
    await page.locator('.map').first().waitFor({ state: 'attached' });
    await page.waitForTimeout(800);
    if (!isWide(page)) await page.locator('.drawer').scrollIntoViewIfNeeded();
  },
  '-gradients': async (page) => {
    await page.getByRole('tab', { name: 'Gradients' }).click();
    await page.getByRole('radio', { name: 'Loss' }).check();
    await page.locator('.gradient[aria-busy=false] .gradient-strip').waitFor();
    await page.waitForTimeout(800);
    if (!isWide(page)) await page.locator('.drawer').scrollIntoViewIfNeeded();
  },
  '-bank': async (page) => {
    await page.locator('.chain-step .step').nth(1).click();
    await settled(page);
    await page.locator('.kernel-bank').first().scrollIntoViewIfNeeded();
  },
  '-error': async (page) => {
    await choosePreset(page, 'unpooling');
    await page.locator('.chain-step .step').first().click();
    await page.getByRole('spinbutton', { name: 'Dilation', exact: true }).first().fill('900');
    await page.getByRole('alert').first().waitFor();
    if (!isWide(page)) await page.getByRole('alert').first().scrollIntoViewIfNeeded();
  },
  '-export': async (page) => {
    await choosePreset(page, 'edges');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(600);
  },
  '-sources': async (page) => {
    await page.keyboard.press('Escape');
    await page.locator('.picture-button').click();
    await page.getByRole('menuitem', { name: 'Open another picture' }).click();
    await page.locator('.sources').waitFor();
    await page.waitForTimeout(600);
  },
  '-cut': async (page) => {
    await page.keyboard.press('Escape');
    await page.locator('.picture-button').click();
    await page.getByRole('menuitem', { name: 'Crop and resize' }).click();
    await page.waitForTimeout(1000);
  },
  '-keys': async (page) => {
    await page.keyboard.press('Escape');
    await page.evaluate(() => document.activeElement?.blur?.());
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
  },
};

/** One picture per state, `shoot(name)` takes it. @throws Error that names the state that cannot be reached. */
export async function lab(address, page, name, shoot) {
  await page.goto(address);
  await page.getByRole('button', { name: 'Open a picture' }).waitFor();
  await page.waitForTimeout(300);
  await shoot(`${name}-start`);
  for (const [state, reach] of Object.entries(states)) {
    await reach(page).catch((error) => {
      throw new Error(`${name}${state}: ${error.message}`);
    });
    await shoot(`${name}${state}`);
  }
  await page.keyboard.press('Escape');
}

/** Several files, one chain. */
export async function batch(address, page, name, shoot) {
  await page.goto('about:blank');
  await page.goto(address);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a picture' }).click(),
  ]);
  await chooser.setFiles(photos);
  await page.waitForFunction((count) => document.querySelectorAll('.batch-cell canvas').length === count, 2 * photos.length);
  await page.waitForTimeout(500);
  await shoot(`${name}-batch`);
}

/** Text at twice its size, and a language from right to left. */
export async function plainLab(address, page, name, shoot, large) {
  await page.goto('about:blank');
  await page.goto(address);
  if (large) await page.addStyleTag({ content: 'html { font-size: 200% !important }' });
  await page.waitForTimeout(300);
  await shoot(`${name}-start`);
  await page.locator('.samples button, button[aria-label*="coffee.png"]').first().click();
  await page.waitForFunction(() => document.querySelectorAll('.compare canvas').length > 1);
  await page.locator('[aria-haspopup=dialog].tiny').first().click();
  await page.locator('[data-preset=edges]').click();
  await page.waitForTimeout(1500);
  await shoot(name);
}
