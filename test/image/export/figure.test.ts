import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Layout, layOut, type Mark, type Measure, type Panel } from '../../../src/image/export/figure';
import { figureSvg } from '../../../src/image/export/figureSvg';
import { lightDiverging } from '../../../src/image/export/lightMaps';
import { random } from '../make';

const measure: Measure = (text, size, weight) => [...text].length * size * (weight === 600 ? 0.56 : 0.52);
const panel = (width: number, height: number, more: Partial<Panel> = {}): Panel => ({
  title: 'Output',
  lines: ['Convolution: stride 2, padding 1', '1 × 3 × 150 × 225'],
  width,
  height,
  legend: { stops: lightDiverging, low: '−1.2', high: '+1.2' },
  ...more,
});
const ofKind = <K extends Mark['kind']>({ marks }: Layout, kind: K) =>
  marks.filter((mark): mark is Extract<Mark, { kind: K }> => mark.kind === kind);

describe('the layout of a figure', () => {
  it('two pictures of one shape stand side by side at one size, words under each', () => {
    const layout = layOut({ title: '', note: '', panels: [panel(450, 300), panel(225, 150)] }, measure);
    const [a, b] = ofKind(layout, 'picture');
    expect([a?.y, a?.width, a?.height]).toEqual([b?.y, b?.width, b?.height]);
    expect(b!.x).toBeGreaterThan(a!.x + a!.width);
    for (const text of ofKind(layout, 'text')) expect(text.y).toBeGreaterThan(a!.y + a!.height);
  });
  it('keeps the shape of every picture and one height, whatever their number and shape (seed 9)', () => {
    const next = random(9);
    for (let n = 0; n < 300; n++) {
      const panels = Array.from({ length: 1 + Math.floor(next() * 9) }, () =>
        panel(1 + Math.floor(next() ** 3 * 4000), 1 + Math.floor(next() ** 3 * 4000)),
      );
      const layout = layOut({ title: 'Edges', note: 'chelsea.png', panels }, measure);
      const pictures = ofKind(layout, 'picture');
      expect(pictures.map(({ panel: at }) => at)).toEqual(panels.map((_, i) => i));
      expect(new Set(pictures.map(({ height }) => height)).size).toBe(1);
      for (const { x, y, width, height, panel: at } of pictures) {
        const { width: w, height: h } = panels[at]!;
        if (width > 1) expect(width / height).toBeCloseTo(w / h, 6);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(layout.width);
        expect(y + height).toBeLessThanOrEqual(layout.height);
      }
    }
  });
  it('words stay in the column of their picture and are all there (seed 4)', () => {
    const next = random(4);
    const word = () => 'abcdefghijklmnopqrstuvwxyz'.slice(0, 1 + Math.floor(next() * 26)).repeat(next() < 0.1 ? 6 : 1);
    for (let n = 0; n < 100; n++) {
      const line = Array.from({ length: 30 }, word).join(' ');
      const layout = layOut({ title: '', note: '', panels: [panel(30, 300, { title: line, lines: [], legend: null })] }, measure);
      const texts = ofKind(layout, 'text');
      for (const { text, x, size, weight } of texts) expect(x + measure(text, size, weight)).toBeLessThanOrEqual(layout.width);
      expect(
        texts
          .map(({ text }) => text)
          .join('')
          .replaceAll(' ', ''),
      ).toBe(line.replaceAll(' ', ''));
      const places = texts.map(({ y }) => y);
      expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    }
  });
  it('five pictures are three and two, six are three and three', () => {
    const rows = (n: number) =>
      ofKind(layOut({ title: '', note: '', panels: new Array<Panel>(n).fill(panel(4, 3)) }, measure), 'picture').map(
        ({ y }) => y,
      );
    expect(rows(5).map((y, _, all) => all.filter((other) => other === y).length)).toEqual([3, 3, 3, 2, 2]);
    expect(rows(6).map((y, _, all) => all.filter((other) => other === y).length)).toEqual([3, 3, 3, 3, 3, 3]);
  });
  it('small pictures are marked as enlarged, so that their pixels stay square', () => {
    const layout = layOut({ title: '', note: '', panels: [panel(3000, 2000), panel(6, 4)] }, measure);
    expect(ofKind(layout, 'picture').map(({ enlarged }) => enlarged)).toEqual([false, true]);
  });
});

describe('a figure as SVG', () => {
  const figure = { title: 'Edges <&> "more"', note: '', panels: [panel(450, 300), panel(6, 4, { legend: null })] };
  const svg = figureSvg(
    layOut(figure, measure),
    ['data:image/png;base64,AAAA', 'data:image/png;base64,BBBB'],
    'Edges & more',
    'Two < three\u0000',
  );
  it('has a name and a description, and its words as text', () => {
    expect(svg).toContain('role="img" aria-labelledby="name about"');
    expect(svg).toContain('<title id="name">Edges &amp; more</title>');
    expect(svg).toContain('<desc id="about">Two &lt; three</desc>');
    expect(svg).toMatch(/<text [^>]*>Edges &lt;&amp;&gt; &quot;more&quot;<\/text>/);
  });
  it('embeds one picture for each panel, with square pixels where it is enlarged', () => {
    const images = svg.match(/<image [^>]*>/g) ?? [];
    expect(images.map((image) => /href="([^"]*)"/.exec(image)?.[1])).toEqual([
      'data:image/png;base64,AAAA',
      'data:image/png;base64,BBBB',
    ]);
    expect(images.map((image) => image.includes('pixelated'))).toEqual([false, true]);
  });
  it('needs nothing from elsewhere and runs nothing', () => {
    const addresses = [...svg.matchAll(/(?:href|src)="([^"]*)"|url\(([^)]*)\)/g)].map(([, href, url]) => href ?? url ?? '');
    expect(addresses.filter((address) => !/^(?:data:image\/png;|#)/.test(address))).toEqual([]);
    expect(svg).not.toMatch(/<script|\son\w+=|&(?!amp;|lt;|gt;|quot;|#39;)/);
  });
  it('every tag is closed', () => {
    const open: string[] = [];
    for (const [, end, name, self] of svg.matchAll(/<(\/?)([A-Za-z]+)[^>]*?(\/?)>/g)) {
      if (end) expect(open.pop()).toBe(name);
      else if (!self) open.push(name!);
    }
    expect(open).toEqual([]);
  });
});

it('the map of a figure is that of the light theme', () => {
  const tokens = readFileSync('src/ui/styles/tokens.css', 'utf8');
  const light = tokens.slice(0, tokens.indexOf('data-theme'));
  expect(lightDiverging).toEqual([...light.matchAll(/--d\d: (#[0-9a-f]{6});/g)].map(([, colour]) => colour));
});
