import type { FileChooser, Page } from 'playwright/test';

/** Opens a file as the picture of the Lab, by its button. */
export async function chooseFile(page: Page, file: Parameters<FileChooser['setFiles']>[0]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a picture' }).click(),
  ]);
  await chooser.setFiles(file);
}
