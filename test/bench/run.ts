// A small run, as `--json` writes it, with numbers that are easy to follow.

export interface Row {
  readonly name: string;
  readonly size: string;
  readonly threads: number;
  readonly convscope: number | null;
  readonly rivals: { readonly ort: number | null; readonly tfjs: number | null; readonly opencv: number | null };
  readonly kept?: number | null;
  readonly copy: number;
  readonly how: string;
  readonly single?: number;
  readonly notes?: readonly string[];
}

export const row = (name: string, convscope: number | null, rivals: Partial<Row['rivals']>, more: Partial<Row> = {}): Row => ({
  ...{ name, size: '1 MP', threads: 1, convscope, copy: 2, how: 'one pass', notes: [] },
  rivals: { ort: null, tfjs: null, opencv: null, ...rivals },
  ...more,
});

export const rows: readonly Row[] = [
  row('ReLU', 2, { ort: 8, tfjs: 10 }, { kept: 3 }),
  row('max-pool 7x7', 4, { ort: 64, opencv: 40 }),
  row('max-pool 63x63', 5, { opencv: 200 }, { notes: ['tfjs is left out: it takes seconds for a call'] }),
  row('Lanczos 2x', 3, {}),
  row('conv 3x3 16->16', 100, { tfjs: 250 }),
  row('conv 3x3 16->16', 60, { ort: 150 }, { threads: 2, single: 102 }),
];

export const latencies = {
  popup: { median: 90, p95: 120, times: 10, least: 60 },
  menu: { median: 310, p95: 330, times: 10 },
  inspector: [
    { op: 'conv2d', median: 16.7, p95: 16.7, closed: 16.7 },
    { op: 'maxPool2d', median: 16.7, p95: 33.4, closed: 16.7 },
  ],
  sliders: [
    { op: 'relu', slider: 'Scale', changes: 30, median: 8, p95: 12, full: 300 },
    { op: 'medianPool2d', slider: 'Kernel', changes: 9, median: 70, p95: 80, full: 400 },
  ],
  without: ['sigmoid'],
};

export const run = { date: '2020-02-03', browser: '150.0.1', binary: 'relaxed', cores: 2, rows, latencies };
