// What the fast engine must reach, as data: each bar names the rows it is about, what is computed from each, and the limit.
import { geometricMean, lead } from './numbers.mjs';

const single = ({ rows }) => rows.filter(({ threads, convscope }) => threads === 1 && convscope !== null);
const named =
  (...patterns) =>
  (run) =>
    single(run).filter(({ name }) =>
      patterns.some((pattern) => (pattern instanceof RegExp ? pattern.test(name) : pattern === name)),
    );
const label = ({ name, size }) => `${name} at ${size}`;

/** A value for each row that has one. */
const each = (choose, value) => (run) =>
  choose(run).flatMap((row) => {
    const of = value(row);
    return of === null ? [] : [{ at: label(row), value: of }];
  });
const copies = (row) => row.convscope / row.copy;

/** How much longer the row `large` takes than the row `small`, at each size. */
const growth = (small, large) => (run) =>
  single(run)
    .filter(({ name }) => name === large)
    .flatMap((row) => {
      const base = single(run).find(({ name, size }) => name === small && size === row.size);
      return base ? [{ at: `${large} against ${small} at ${row.size}`, value: row.convscope / base.convscope }] : [];
    });

const everyWindow = /^(?:max-pool|average|Lp-pool) \d+x\d+/;

/** `least` and `most` are limits of every value; the worst one is shown. */
export const bars = [
  {
    text: 'geometric mean over all rows: so many times as fast as the best rival of each',
    least: 4,
    values: (run) => {
      const leads = single(run).map(lead);
      const known = leads.filter((ratio) => ratio !== null);
      return known.length > 0 ? [{ at: `${known.length} rows`, value: geometricMean(known) }] : [];
    },
  },
  { text: 'no row slower than any rival', least: 1, values: each(single, lead) },
  ...['ReLU', 'max-pool 2x2 s2', 'max-pool 3x3', 'average 3x3', 'depthwise 3x3', 'nearest 2x', 'batch norm'].map((name) => ({
    text: `${name} within 2 copies of the same bytes`,
    most: 2,
    values: each(named(name), copies),
  })),
  { text: 'any pooling window up to 63x63 within 4 copies', most: 4, values: each(named(everyWindow), copies) },
  { text: 'max-pool: 63x63 costs at most 1.5 times 7x7', most: 1.5, values: growth('max-pool 7x7', 'max-pool 63x63') },
  { text: 'average: 63x63 costs at most 1.5 times 7x7', most: 1.5, values: growth('average 7x7', 'average 63x63') },
  {
    text: 'separable convolution grows at most as its side: 31x31 against 15x15',
    most: 31 / 15,
    values: growth('depthwise 15x15 rank 1', 'depthwise 31x31 rank 1'),
  },
  { text: 'dense 3x3 convolution: times the best rival', least: 2, values: each(named(/^conv 3x3 /), lead) },
  {
    text: 'dense 3x3 convolution of 16 channels and more: times the best rival',
    least: 2.8,
    values: each(named(/^conv 3x3 (?:16|32|64)->/), lead),
  },
  { text: '1x1 convolution: times the best rival', least: 1.4, values: each(named(/^conv 1x1 /), lead) },
  {
    text: 'two threads against one on compute-bound rows',
    least: 1.5,
    values: ({ rows }) =>
      rows
        .filter(({ threads, name, single: alone }) => threads > 1 && alone > 0 && computeBound.test(name))
        .map((row) => ({ at: label(row), value: row.single / row.convscope })),
  },
  {
    text: 'slider to pixels at 1 MP, p95 in ms, every op that is not dense',
    most: 16,
    values: ({ latencies }) => (latencies?.sliders ?? []).map(({ op, p95 }) => ({ at: op, value: p95 })),
  },
  {
    text: 'inspector: ms between frames at p95 while the pointer moves over 12 MP',
    most: 20,
    values: ({ latencies }) => (latencies?.inspector ?? []).map(({ op, p95 }) => ({ at: op, value: p95 })),
  },
  {
    text: 'popup ready after opening, ms',
    most: 150,
    values: ({ latencies }) => (latencies?.popup ? [{ at: 'popup', value: latencies.popup.median }] : []),
  },
  {
    text: 'right-click to painted result, warm, 1 MP, ms',
    most: 300,
    values: ({ latencies }) => (latencies?.menu ? [{ at: 'panel', value: latencies.menu.median }] : []),
  },
];

/** Rows where arithmetic, not memory, takes the time. */
export const computeBound = /^(?:conv|depthwise 15x15$|GELU)/;

/** Every bar with its worst value: { text, limit, value, at, missed, pass }; `pass` is null where nothing was measured. */
export const judged = (run) =>
  bars.map(({ text, least, most, values }) => {
    const all = values(run);
    const limit = least ?? most;
    const fails = ({ value }) => !(least !== undefined ? value >= least : value <= most);
    if (all.length === 0)
      return { text, limit, kind: least !== undefined ? 'least' : 'most', value: null, at: null, missed: [], pass: null };
    const worst = all.reduce((a, b) => ((least !== undefined) === b.value < a.value ? b : a));
    const missed = all.filter(fails).map(({ at, value }) => ({ at, value }));
    return {
      ...{ text, limit, kind: least !== undefined ? 'least' : 'most', value: worst.value, at: worst.at },
      ...{ missed, pass: missed.length === 0 },
    };
  });

/** Bars as lines: pass or fail, number, limit, where. */
export const verdicts = (all) =>
  all
    .map(({ text, limit, kind, value, at, missed, pass }) => {
      if (pass === null) return `not measured  ${text}`;
      const rest = missed.length > 1 ? `, and ${missed.length - 1} more` : '';
      const sign = kind === 'least' ? 'at least' : 'at most';
      return `${pass ? 'pass' : 'FAIL'}  ${text}: ${value.toFixed(2)} (${sign} ${Number(limit.toFixed(2))}; worst: ${at}${rest})`;
    })
    .join('\n');
