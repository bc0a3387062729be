import { fonts, hairline, type Layout, type Measure, paper } from './figure';

type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D;

const font = (size: number, weight: number): string => `${weight} ${size}px ${fonts}`;

/** How wide texts are as a canvas writes them. */
export function measureWith(context: Context): Measure {
  return (text, size, weight) => {
    context.font = font(size, weight);
    return context.measureText(text).width;
  };
}

/** Draws a layout, `scale` times as large; one picture for each panel. */
export function drawFigure(context: Context, layout: Layout, pictures: readonly CanvasImageSource[], scale: number): void {
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = paper;
  context.fillRect(0, 0, layout.width, layout.height);
  for (const mark of layout.marks) {
    const { x, y } = mark;
    if (mark.kind === 'text') {
      context.font = font(mark.size, mark.weight);
      context.fillStyle = mark.fill;
      context.textAlign = mark.end ? 'right' : 'left';
      context.fillText(mark.text, x, y);
      continue;
    }
    const { width, height } = mark;
    context.strokeStyle = hairline;
    context.lineWidth = 1;
    context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
    if (mark.kind === 'scale') {
      const colours = context.createLinearGradient(x, 0, x + width, 0);
      for (const [i, stop] of mark.stops.entries()) colours.addColorStop(i / (mark.stops.length - 1), stop);
      context.fillStyle = colours;
      context.fillRect(x, y, width, height);
    } else {
      const picture = pictures[mark.panel];
      context.imageSmoothingEnabled = !mark.enlarged;
      context.imageSmoothingQuality = 'high';
      if (picture) context.drawImage(picture, x, y, width, height);
    }
  }
}
