import { describe, expect, it } from 'vitest';
import { HeaderError, readHeader, shownSize } from '../../src/image/header';
import { jpegEnds } from '../../src/image/headers/jpeg';
import * as make from './make';

const encoder = new TextEncoder();
const svg = (source: string) => readHeader(encoder.encode(source));

function refusal(data: Uint8Array): HeaderError {
  try {
    readHeader(data);
  } catch (error) {
    if (error instanceof HeaderError) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('size and kind from the first bytes', () => {
  it('a 16-bit RGBA PNG states size, depth and alpha', () => {
    const data = make.png({ width: 3, height: 2, depth: 16, type: 6, samples: new Array<number>(24).fill(0) });
    expect(readHeader(data)).toEqual({
      kind: 'png',
      width: 3,
      height: 2,
      orientation: 1,
      bitDepth: 16,
      alpha: true,
      animated: false,
    });
  });
  it('PNG chunks before the pixels state transparency, animation and orientation', () => {
    const before = [
      ...make.chunk('tRNS', [0, 1]),
      ...make.chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]),
      ...make.chunk('eXIf', make.exif(8)),
    ];
    const data = make.png({ width: 4, height: 1, depth: 8, type: 0, samples: [0, 1, 2, 3], before });
    expect(readHeader(data)).toMatchObject({ alpha: true, animated: true, orientation: 8 });
  });
  it.each([0xc0, 0xc1, 0xc2, 0xcf])('a JPEG frame %i states its size', (marker) => {
    expect(readHeader(make.jpegStart({ width: 640, height: 480, marker }))).toMatchObject({
      kind: 'jpeg',
      width: 640,
      height: 480,
    });
  });
  it.each(['II', 'MM'] as const)('EXIF orientation 6 in byte order %s lays the picture on its side', (order) => {
    const header = readHeader(make.jpegStart({ width: 40, height: 20, orientation: 6, order }));
    expect(header.orientation).toBe(6);
    expect(shownSize(header)).toEqual({ width: 20, height: 40 });
  });
  it('an EXIF orientation of 9 counts as none', () => {
    expect(readHeader(make.jpegStart({ width: 4, height: 2, orientation: 9 })).orientation).toBe(1);
  });
  it('a JPEG cut before its frame header asks for more bytes', () => {
    const whole = make.jpegStart({ width: 4, height: 2, filler: 60000 });
    expect(refusal(whole.subarray(0, 1000)).problem).toBe('short');
    expect(readHeader(whole).width).toBe(4);
  });
  it('WebP states its size in each of its three forms', () => {
    expect(readHeader(make.webpLossy(300, 200))).toMatchObject({ kind: 'webp', width: 300, height: 200, alpha: false });
    expect(readHeader(make.webpLossless(16384, 9, true))).toMatchObject({ width: 16384, height: 9, alpha: true });
    expect(readHeader(make.webpExtended(70000, 5, 0x12))).toMatchObject({ width: 70000, height: 5, alpha: true, animated: true });
  });
  it('WebP takes its orientation from the chunk EXIF', () => {
    const tiff = make.exif(3);
    const rest = [...make.text('EXIF'), ...make.le(tiff.length, 4), ...tiff];
    expect(readHeader(make.webpExtended(4, 2, 0x08, rest)).orientation).toBe(3);
  });
  it('a GIF with two images is animated, with one it is not', () => {
    expect(readHeader(make.gif(7, 5, 2, true))).toMatchObject({ kind: 'gif', width: 7, height: 5, animated: true, alpha: true });
    expect(readHeader(make.gif(7, 5, 1))).toMatchObject({ animated: false, alpha: false });
  });
  it('a BMP with rows from the top has a positive height', () => {
    expect(readHeader(make.bmp(31, -17, 24))).toMatchObject({ kind: 'bmp', width: 31, height: 17 });
  });
  it('an icon has the size of its largest picture, 0 meaning 256', () => {
    expect(readHeader(make.ico([16, 256, 32]))).toMatchObject({ kind: 'ico', width: 256, height: 256 });
  });
  it('AVIF has the size of its largest item, its turn, depth and alpha', () => {
    const header = readHeader(
      make.heif(
        'avif',
        [
          [64, 64],
          [640, 480],
        ],
        { turns: 1, depth: 10, alpha: true },
      ),
    );
    expect(header).toMatchObject({
      kind: 'avif',
      width: 640,
      height: 480,
      orientation: 8,
      bitDepth: 10,
      alpha: true,
      animated: false,
    });
    expect(readHeader(make.heif('avis', [[8, 8]])).animated).toBe(true);
    expect(readHeader(make.heif('heic', [[8, 6]])).kind).toBe('heic');
  });
  it('SVG is recognised behind declaration, comment and doctype', () => {
    const source =
      '\ufeff<?xml version="1.0"?>\n<!-- <html> -->\n<!DOCTYPE svg PUBLIC "a" "b">\n<svg xmlns="http://www.w3.org/2000/svg" width="20px" height=\'10\'/>';
    expect(svg(source)).toMatchObject({ kind: 'svg', width: 20, height: 10 });
  });
  it('SVG without a size takes its viewBox, without that 300 x 150', () => {
    expect(svg('<svg viewBox="0 0 20 10"><rect/></svg>')).toMatchObject({ width: 20, height: 10 });
    expect(svg('<svg viewBox="0,0,20,10" width="100" height="100%"/>')).toMatchObject({ width: 100, height: 50 });
    expect(svg('<svg/>')).toMatchObject({ width: 300, height: 150 });
  });
});

describe('what is no picture', () => {
  it('nothing at all', () => {
    expect(refusal(new Uint8Array())).toMatchObject({
      problem: 'empty',
      message: 'The picture is empty: image data is expected, received 0 bytes.',
    });
  });
  it.each(['<!DOCTYPE html><html></html>', '\n <html lang="en">', '<!-- x --><head>'])('a web page: %s', (source) => {
    expect(refusal(encoder.encode(source))).toMatchObject({ problem: 'html' });
  });
  it('text is quoted, other bytes are shown in hexadecimal', () => {
    expect(refusal(encoder.encode('Not found')).message).toMatch(/received 9 bytes beginning with "Not found"\.$/);
    expect(refusal(Uint8Array.of(1, 2, 254)).message).toMatch(/received 3 bytes beginning with 01 02 fe\.$/);
  });
  it('a JPEG with pixels before its size', () => {
    expect(refusal(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 4, 0, 0)).problem).toBe('broken');
  });
  it('a JPEG without an end mark after its pixels ends early, whatever its preview holds', () => {
    const start = [
      ...make.jpegStart({ width: 2, height: 2, orientation: 1 }),
      0xff,
      0xe1,
      0,
      4,
      0xff,
      0xd9,
      0xff,
      0xda,
      0,
      2,
      1,
      2,
      0xff,
      0,
    ];
    expect(jpegEnds(Uint8Array.from(start))).toBe(false);
    expect(jpegEnds(Uint8Array.from([...start, 0xff, 0xd9]))).toBe(true);
  });
});

describe('any bytes', () => {
  const seeds = [
    make.png({
      width: 5,
      height: 4,
      depth: 8,
      type: 3,
      samples: new Array<number>(20).fill(0),
      before: [...make.chunk('PLTE', [1, 2, 3]), ...make.chunk('eXIf', make.exif(6))],
    }),
    make.jpegStart({ width: 640, height: 480, orientation: 6, filler: 9 }),
    make.webpLossy(5, 5),
    make.webpLossless(5, 5, true),
    make.webpExtended(5, 5, 0x08, [...make.text('EXIF'), ...make.le(26, 4), ...make.exif(3)]),
    make.gif(7, 5, 3),
    make.bmp(3, 3, 32),
    make.ico([16, 32]),
    make.heif('avif', [[5, 5]], { turns: 1, alpha: true }),
    encoder.encode('<?xml version="1.0"?><!-- a --><svg width="20" viewBox="0 0 1 1">'),
  ];
  it('30 000 damaged headers (seed 7) are read or refused with HeaderError, in little time', () => {
    const next = make.random(7);
    const from = performance.now();
    let [read, refused] = [0, 0];
    for (let n = 0; n < 30000; n++) {
      const seed = seeds[n % seeds.length]!;
      const data = Uint8Array.from(seed.subarray(0, next() < 0.3 ? Math.floor(next() * seed.length) : seed.length));
      for (let k = Math.floor(next() * 6); k > 0; k--) {
        if (data.length > 0) data[Math.floor(next() ** 2 * data.length)] = next() < 0.3 ? 255 : Math.floor(next() * 256);
      }
      try {
        const { width, height, orientation } = readHeader(data);
        expect(Number.isFinite(width) && width >= 0 && Number.isFinite(height) && height >= 0).toBe(true);
        expect(orientation >= 1 && orientation <= 8).toBe(true);
        read += 1;
      } catch (error) {
        if (!(error instanceof HeaderError)) throw error;
        refused += 1;
      }
    }
    expect(Math.min(read, refused)).toBeGreaterThan(2000);
    expect(performance.now() - from).toBeLessThan(10_000);
  });
  it('a megabyte of repeats never hangs', () => {
    for (const unit of [[0xff], [0], text('<!--'), text('<?'), [0xff, 0xe1, 0, 2], [0, 0, 0, 8, 0x61, 0x62, 0x63, 0x64]]) {
      for (const seed of [Uint8Array.of(), ...seeds]) {
        const data = new Uint8Array(seed.length + 1e6);
        data.set(seed.subarray(0, 40));
        for (let i = Math.min(40, seed.length); i < data.length; i++) data[i] = unit[i % unit.length]!;
        const from = performance.now();
        try {
          readHeader(data);
        } catch (error) {
          expect(error).toBeInstanceOf(HeaderError);
        }
        expect(performance.now() - from).toBeLessThan(1000);
      }
    }
  });
});

function text(s: string): number[] {
  return make.text(s);
}
