import { HeaderError } from './bytes';
import type { Header } from './header';

const READ = 16384;

/** The first tag of a text, after byte order mark, XML declaration, comments and doctype; null when the bytes are no markup. */
function firstTag(data: Uint8Array): { readonly name: string; readonly text: string; readonly doctype: string } | null {
  let text = new TextDecoder().decode(data.subarray(0, READ)).trimStart();
  let doctype = '';
  for (;;) {
    const end = text.startsWith('<!--') ? '-->' : text.startsWith('<?') ? '?>' : /^<!doctype/i.test(text) ? '>' : null;
    if (end === null) break;
    if (end === '>') doctype = text.slice(9, 40).trim().toLowerCase();
    const at = text.indexOf(end);
    if (at < 0) break;
    text = text.slice(at + end.length).trimStart();
  }
  const name = /^<([a-z][\w:-]{0,30})/i.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return doctype === '' ? null : { name: '', text, doctype };
  return { name, text: text.slice(0, text.indexOf('>') + 1 || text.length), doctype };
}

/** SVG with the size that its root states, else that of its viewBox, else 300 x 150, the size of a picture without one (CSS 2, 10.3.2). */
export function markupHeader(data: Uint8Array): Header | null {
  const tag = firstTag(data);
  if (tag === null) return null;
  if (tag.name === 'svg' || tag.name.endsWith(':svg')) {
    const { width, height } = svgSize(tag.text);
    return { kind: 'svg', width, height, orientation: 1, bitDepth: 8, alpha: true, animated: null };
  }
  if (tag.doctype.startsWith('html') || /^(html|head|body|title|script|meta|div|p|h1|pre)$/.test(tag.name)) {
    throw new HeaderError(
      'html',
      `This is not a picture: PNG, JPEG, GIF, WebP, AVIF, BMP, ICO, SVG or NPY is expected, received a web page.`,
    );
  }
  return null;
}

function svgSize(root: string): { width: number; height: number } {
  const attribute = (name: string): string | undefined =>
    new RegExp(`\\s${name}\\s{0,9}=\\s{0,9}["']([^"']{0,200})["']`, 'i').exec(root)?.[1]?.trim();
  const length = (value: string | undefined): number | null => {
    const px = /^\+?(\d{0,9}(?:\.\d{0,9})?)(?:px)?$/.exec(value ?? '')?.[1];
    return px === undefined || px === '' || px === '.' ? null : Number(px);
  };
  const box = (attribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  const hasBox = box.length === 4 && box.every(Number.isFinite) && box[2]! > 0 && box[3]! > 0;
  const ratio = hasBox ? box[2]! / box[3]! : 2;
  const width = length(attribute('width'));
  const height = length(attribute('height'));
  if (width !== null && height !== null) return { width, height };
  if (width !== null) return { width, height: width / ratio };
  if (height !== null) return { width: height * ratio, height };
  return hasBox ? { width: box[2]!, height: box[3]! } : { width: 300, height: 150 };
}
