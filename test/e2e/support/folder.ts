// A built folder as a web site.
export { serveFolder } from '../../../scripts/lib/folder.mjs';
