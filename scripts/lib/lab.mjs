// The Lab, as a person uses it.

/** Puts another operation in the place of the selected step, from the menu of its title. */
export async function changeOperation(page, op) {
  await page.locator('.ctl [data-op-menu]').click();
  await page.locator(`[role=option][data-op=${op}]`).click();
}

/** Adds an operation behind the selected step, from the search. */
export async function addOperation(page, op) {
  await page.getByRole('button', { name: 'Add a step' }).click();
  await page.locator(`[role=option][data-op=${op}]`).click();
}

/** The names of all operations, from the search that adds one. */
export async function operations(page) {
  await page.getByRole('button', { name: 'Add a step' }).click();
  const entries = page.locator('[role=option][data-op]');
  await entries.first().waitFor();
  const names = await entries.evaluateAll((all) => all.map((one) => one.getAttribute('data-op')));
  await page.keyboard.press('Escape');
  return names;
}
