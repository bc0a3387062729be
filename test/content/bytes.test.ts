import { describe, expect, it } from 'vitest';
import { dataBlob, isPicture } from '../../src/content/bytes';

const bytesOf = async (blob: Blob | null): Promise<number[] | null> =>
  blob ? [...new Uint8Array(await blob.arrayBuffer())] : null;

describe('a data: address', () => {
  it.each<[string, string, number[]]>([
    ['in base64', 'data:image/png;base64,iVBORw==', [0x89, 0x50, 0x4e, 0x47]],
    ['in base64 that is escaped itself', 'data:image/png;base64,iVBORw%3D%3D', [0x89, 0x50, 0x4e, 0x47]],
    ['in base64 with line breaks', 'data:image/png;base64,iVBO\nRw==', [0x89, 0x50, 0x4e, 0x47]],
    ['in escaped bytes', 'data:image/x,%89PNG', [0x89, 0x50, 0x4e, 0x47]],
    ['in plain text beyond ASCII', 'data:image/svg+xml,é', [0xc3, 0xa9]],
    ['with a charset', 'data:image/svg+xml;charset=utf-8,%3Csvg/%3E', [...'<svg/>'].map((c) => c.charCodeAt(0))],
  ])('%s gives its bytes', async (_, url, bytes) => expect(await bytesOf(dataBlob(url))).toEqual(bytes));

  it('gives the type that it names', () => expect(dataBlob('data:image/gif;base64,R0lGODdh')?.type).toBe('image/gif'));

  it.each(['data:image/png', 'data:image/png;base64,@@@'])('%s is malformed and gives nothing', (url) =>
    expect(dataBlob(url)).toBeNull(),
  );
});

describe('what came over the network', () => {
  const of = (...bytes: number[]): Blob => new Blob([Uint8Array.from(bytes)]);
  it.each<[string, Blob]>([
    ['PNG', of(0x89, 0x50, 0x4e, 0x47)],
    ['JPEG', of(0xff, 0xd8, 0xff, 0xe0)],
    ['GIF', new Blob(['GIF89a'])],
    ['WebP', new Blob(['RIFF1234WEBPVP8 '])],
    ['AVIF', new Blob(['\0\0\0 ftypavif'])],
    ['ICO', of(0, 0, 1, 0, 1)],
    ['SVG', new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'])],
    ['SVG after a byte order mark', of(0xef, 0xbb, 0xbf, ...[...'<?xml version="1.0"?>'].map((c) => c.charCodeAt(0)))],
  ])('%s is a picture', async (_, blob) => expect(await isPicture(blob)).toBe(true));

  it.each<[string, Blob]>([
    ['an error page', new Blob(['<!doctype html><title>404</title>'])],
    ['nothing', new Blob([])],
    ['JSON', new Blob(['{"error":"hotlink"}'])],
    ['ISO media that is a film', new Blob(['\0\0\0 ftypisom'])],
  ])('%s is not a picture', async (_, blob) => expect(await isPicture(blob)).toBe(false));
});
