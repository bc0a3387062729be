// Cells in motion: a grid's cells on a canvas right over it, as its table draws them, without a layout of the page.

import { watchTheme } from '../bench/look';
import type { CellView } from './Cells';
import { drawCell, type Inks, type Kind } from './drawCell';

/** CSS px between cells, and of outlines beyond the outermost. */
const [gap, bleed] = [2, 4];

/** Where a table of cells lies in its canvas, in CSS px. */
interface Room {
  readonly width: number;
  readonly height: number;
  readonly font: string;
  readonly inks: Inks;
}

export class CellFilm {
  #table: HTMLTableElement | null = null;
  #canvas: HTMLCanvasElement | null = null;
  #size: { readonly width: number; readonly height: number } | null = null;
  #room: Room | null = null;
  #painted: readonly CellView[] = [];
  /** What of the canvas is in sight, in CSS px, where its box scrolls. */
  #sight = { left: 0, top: 0, width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY };

  constructor(readonly kind: Kind) {}

  /** Answers with the way to let go. */
  attach(table: HTMLTableElement, canvas: HTMLCanvasElement): () => void {
    [this.#table, this.#canvas] = [table, canvas];
    const observer = new ResizeObserver(([entry]) => {
      const [box] = entry?.borderBoxSize ?? [];
      this.#size = box ? { width: box.inlineSize, height: box.blockSize } : null;
      this.#room = null;
    });
    observer.observe(table);
    const unscroll = this.#follow(table.closest('.cell-box'));
    const unwatch = watchTheme(() => {
      this.#room = null;
    });
    return () => {
      observer.disconnect();
      unscroll();
      unwatch();
      [this.#table, this.#canvas, this.#room] = [null, null, null];
    };
  }

  /** Keeps what is in sight of the box around the table. */
  #follow(box: Element | null): () => void {
    if (!box) return () => undefined;
    const look = () => {
      this.#sight = { left: box.scrollLeft, top: box.scrollTop, width: box.clientWidth, height: box.clientHeight };
      this.#painted = [];
    };
    const observer = new ResizeObserver(look);
    observer.observe(box);
    box.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      box.removeEventListener('scroll', look);
    };
  }

  paint(cells: readonly CellView[], columns: number): void {
    const context = this.#canvas?.getContext('2d');
    if (this.#room && sameCells(cells, this.#painted)) return;
    this.#room ??= this.#measured();
    if (!context || !this.#room) return;
    this.#painted = cells;
    const { width, height, font, inks } = this.#room;
    const dense = devicePixelRatio;
    const [across, down] = [Math.round((width + 2 * bleed) * dense), Math.round((height + 2 * bleed) * dense)];
    const { canvas } = context;
    if (canvas.width !== across || canvas.height !== down) {
      [canvas.width, canvas.height] = [across, down];
      [canvas.style.width, canvas.style.height] = [`${across / dense}px`, `${down / dense}px`];
    }
    context.setTransform(dense, 0, 0, dense, 0, 0);
    context.clearRect(0, 0, across, down);
    context.font = font;
    context.textAlign = 'center';
    const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText('0');
    const rows = Math.ceil(cells.length / columns);
    const along = (length: number, count: number) => (length - gap) / count;
    const [stepX, stepY] = [along(width, columns), along(height, rows)];
    const snap = (px: number) => Math.round(px * dense) / dense;
    const { left: near, top: high, width: wide, height: tall } = this.#sight;
    cells.forEach((cell, k) => {
      const left = snap(bleed + gap + (k % columns) * stepX);
      const top = snap(bleed + gap + Math.floor(k / columns) * stepY);
      if (left + stepX < near || left > near + wide || top + stepY < high || top > high + tall) return;
      drawCell(
        context,
        cell,
        this.kind,
        inks,
        { left, top, width: snap(stepX - gap), height: snap(stepY - gap) },
        (ascent - descent) / 2,
      );
    });
  }

  /** Asks for styles, which the page has at hand only while nothing changes: once, and again when size or theme do. */
  #measured(): Room | null {
    const cell = this.#table?.querySelector('td');
    if (!this.#size || !cell) return null;
    const style = getComputedStyle(cell);
    const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
    return {
      ...this.#size,
      font: `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`,
      inks: {
        plain: token('sunken'),
        ground: token('surface'),
        hatch: token('hatch'),
        ink: token('ink'),
        dim: token('ink-2'),
        mark: { x: token('x-mark'), w: token('w-mark'), y: token('y-mark'), p: token('ink') },
      },
    };
  }
}

const sameCells = (a: readonly CellView[], b: readonly CellView[]): boolean =>
  a.length === b.length &&
  a.every(({ text, marks, tint }, k) => {
    const other = b[k];
    return text === other?.text && marks === other.marks && tint?.background === other.tint?.background;
  });
