// What the extension keeps, looked at and changed from outside: its storage, its shelf of pictures, its context menu.

/** Everything in `storage.local`, or in `storage.session`. */
export const storageOf = ({ worker }, area = 'local') => worker.evaluate((area) => chrome.storage[area].get(null), area);

export const putInto = ({ worker }, entries) => worker.evaluate((entries) => chrome.storage.local.set(entries), entries);

export const emptyStorage = ({ worker }) => worker.evaluate(() => chrome.storage.local.clear());

/** The sites that the extension may read. Asked of one of its pages. */
export const sitesOf = (page) => page.evaluate(async () => (await chrome.permissions.getAll()).origins);

/** How many pictures lie in the extension's database. Asked of one of its pages. */
export const picturesOf = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('convscope');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const count = opening.result.transaction('pictures').objectStore('pictures').count();
          count.onerror = () => reject(count.error);
          count.onsuccess = () => {
            opening.result.close();
            resolve(count.result);
          };
        };
      }),
  );

/** Whether the context menu has an entry: one that it lacks cannot be changed. */
export const hasEntry = ({ worker }, id) =>
  worker.evaluate(
    (id) =>
      chrome.contextMenus.update(id, {}).then(
        () => true,
        () => false,
      ),
    id,
  );

const hints = ['panelMove', 'panelSplit', 'popupLocked', 'popupMenu', 'labFind', 'labDrop'];

/** Puts every hint away, as a person does who knows ConvScope. */
export const withoutHints = (extension) => putInto(extension, Object.fromEntries(hints.map((id) => [`hint:${id}`, true])));
