// Icons on a 16 px grid: strokes in the current colour; class `f` fills.

const shapes = {
  blink: () => (
    <>
      <path d="M1.5 8S4 4 8 4s6.5 4 6.5 4-2.5 4-6.5 4-6.5-4-6.5-4z" />
      <circle cx="8" cy="8" r="1.75" />
    </>
  ),
  book: () => <path d="M8 4C6.5 2.8 4.5 2.5 2 2.5v10c2.5 0 4.5.3 6 1.5 1.5-1.2 3.5-1.5 6-1.5v-10C11.5 2.5 9.5 2.8 8 4zM8 4v10" />,
  balance: () => <path d="M8 3v10M3 5.5h10M3 5.5L1.5 9h3zM13 5.5L11.5 9h3zM5.5 13h5" />,
  brush: () => <path d="M13.5 2.5L7 9M7 9L5.5 7.5M7 9c.5 2-1 4-4.5 4 1.5-1 1-2.5 1.5-4 .3-1 1-1.5 1.5-1.5" />,
  bytes: () => <path d="M4 2.5h5.5L12 5v8.5H4zM9 2.5V5.5h3M6 8h4M6 10.5h4" />,
  camera: () => (
    <>
      <path d="M2 5h3l1-1.5h4L11 5h3v8H2z" />
      <circle cx="8" cy="8.75" r="2.25" />
    </>
  ),
  check: () => <path d="M3 8.5L6.5 12 13 4.5" />,
  close: () => <path d="M4 4l8 8M12 4l-8 8" />,
  copy: () => (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" />
      <path d="M10.5 5.5v-3h-8v8h3" />
    </>
  ),
  crop: () => <path d="M4.5 1.5v10h10M1.5 4.5h10v10" />,
  diff: () => (
    <>
      <path d="M2 3.5h7v6H2z" />
      <path d="M7 6.5h7v6H7z" />
    </>
  ),
  down: () => <path d="M4 6l4 4 4-4" />,
  dropper: () => <path d="M8 2.5v7M5 6.5l3 3 3-3M2.5 9v4.5h11V9" />,
  fit: () => <path d="M2.5 6v-3.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />,
  flip: () => <path d="M4 12V5M4 5L2 7M4 5l2 2M12 4v7M12 11l-2-2M12 11l2-2" />,
  gear: () => (
    <>
      <path d="M2 5h6M12 5h2M2 11h2M8 11h6" />
      <circle cx="10" cy="5" r="1.75" />
      <circle cx="6" cy="11" r="1.75" />
    </>
  ),
  grid: () => <path d="M2.5 2.5h11v11h-11zM6.17 2.5v11M9.83 2.5v11M2.5 6.17h11M2.5 9.83h11" />,
  grip: () => (
    <g class="f">
      <circle cx="6" cy="4" r="1" />
      <circle cx="10" cy="4" r="1" />
      <circle cx="6" cy="8" r="1" />
      <circle cx="10" cy="8" r="1" />
      <circle cx="6" cy="12" r="1" />
      <circle cx="10" cy="12" r="1" />
    </g>
  ),
  half: () => (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 2.5a5.5 5.5 0 010 11z" class="f" />
    </>
  ),
  help: () => (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M6.25 6.5A1.8 1.8 0 118 8.5v.75M8 11.25v.1" />
    </>
  ),
  info: () => (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 7.25V11M8 5v.1" />
    </>
  ),
  keys: () => (
    <>
      <rect x="1.5" y="4" width="13" height="8" />
      <path d="M4 6.5h.1M6.7 6.5h.1M9.3 6.5h.1M12 6.5h.1M5 9.5h6" />
    </>
  ),
  lab: () => <path d="M9 3h4v4M13 3L7.5 8.5M11.5 9.5V13H3V4.5h3.5" />,
  link: () => <path d="M6.5 5H5a3 3 0 000 6h1.5M9.5 5H11a3 3 0 010 6H9.5M6 8h4" />,
  lock: () => (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" />
      <path d="M5.5 7V5a2.5 2.5 0 015 0v2" />
    </>
  ),
  logo: () => (
    <>
      <path d="M2 2h9v9H2z" />
      <path d="M6.5 2v9M2 6.5h9" stroke-opacity=".45" />
      <path d="M6.5 6.5H14V14H6.5z" fill="currentColor" fill-opacity=".14" />
    </>
  ),
  loupe: () => (
    <>
      <rect x="2.5" y="2.5" width="8" height="8" />
      <path d="M10.5 10.5L14 14M6.5 2.5v8M2.5 6.5h8" />
    </>
  ),
  menu: () => <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  minus: () => <path d="M3 8h10" />,
  mirror: () => <path d="M8 2v12M5.5 4.5L2 11.5h3.5zM10.5 4.5l3.5 7h-3.5z" />,
  mirrorV: () => <path d="M2 8h12M4.5 5.5L11.5 2v3.5zM4.5 10.5l7 3.5v-3.5z" />,
  moon: () => <path d="M13 9.5A5.5 5.5 0 016.5 3a5.5 5.5 0 106.5 6.5z" />,
  more: () => (
    <g class="f">
      <circle cx="3.5" cy="8" r="1.1" />
      <circle cx="8" cy="8" r="1.1" />
      <circle cx="12.5" cy="8" r="1.1" />
    </g>
  ),
  negate: () => <path d="M3 5h6M6 2v6M7.5 12h6M3.5 13.5l9-11" />,
  off: () => <path d="M1.5 8S4 4 8 4s6.5 4 6.5 4-2.5 4-6.5 4-6.5-4-6.5-4zM3 13L13 3" />,
  open: () => <path d="M2 12.5v-9h4l1.5 2H14v7z" />,
  pause: () => <path d="M5.5 3.5v9M10.5 3.5v9" />,
  pick: () => (
    <>
      <path d="M8 1.5v3M8 11.5v3M1.5 8h3M11.5 8h3" />
      <circle cx="8" cy="8" r="2.5" />
    </>
  ),
  picture: () => (
    <>
      <rect x="2" y="3" width="12" height="10" />
      <path d="M2 11l3.5-3.5 3 3 2-2L14 12" />
      <circle cx="10.5" cy="6" r="1" />
    </>
  ),
  pin: () => <path d="M5.5 2.5h5M6.5 2.5v4L4.5 9h7l-2-2.5v-4M8 9v5" />,
  play: () => <path d="M5 3l7.5 5L5 13z" />,
  plus: () => <path d="M8 3v10M3 8h10" />,
  print: () => <path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z" />,
  redo: () => <path d="M10 4l3 3-3 3M13 7H6.5a3.5 3.5 0 000 7H9" />,
  redrawn: () => <path d="M2.5 13.5l1-3.5 7-7 2.5 2.5-7 7zM9 4.5L11.5 7" />,
  replace: () => <path d="M3 6h8.5L9 3.5M13 10H4.5L7 12.5" />,
  reset: () => <path d="M3 7.5A5 5 0 118 13M3 3.5v4h4" />,
  resize: () => <path d="M13 5L5 13M13 10l-3 3" />,
  right: () => <path d="M6 4l4 4-4 4" />,
  rotate: () => <path d="M12.5 6A5 5 0 108 13M12.5 2.5V6H9" />,
  same: () => (
    <>
      <path d="M4.5 4.5h7v7h-7z" />
      <path d="M2 2h12v12H2z" stroke-dasharray="1.5 2" />
    </>
  ),
  save: () => <path d="M8 2.5v7M5 7l3 3 3-3M3 13h10" />,
  screen: () => (
    <>
      <rect x="2" y="3" width="12" height="8" />
      <path d="M6 13.5h4" />
    </>
  ),
  search: () => (
    <>
      <circle cx="7" cy="7" r="4" />
      <path d="M10 10l3.5 3.5" />
    </>
  ),
  share: () => <path d="M6.5 9.5l3-3M7 5l1.5-1.5a2.8 2.8 0 014 4L11 9M9 11l-1.5 1.5a2.8 2.8 0 01-4-4L5 7" />,
  side: () => (
    <>
      <rect x="2" y="3.5" width="5" height="9" />
      <rect x="9" y="3.5" width="5" height="9" />
    </>
  ),
  split: () => (
    <>
      <rect x="2" y="3.5" width="12" height="9" />
      <path d="M8 2v12" />
    </>
  ),
  stepBack: () => <path d="M11.5 3.5L6 8l5.5 4.5zM4 3.5v9" />,
  stepOn: () => <path d="M4.5 3.5L10 8l-5.5 4.5zM12 3.5v9" />,
  sum: () => <path d="M12 4.5V3H4l4 5-4 5h8v-1.5" />,
  sun: () => (
    <>
      <circle cx="8" cy="8" r="2.75" />
      <path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1.05 1.05M11.55 11.55l1.05 1.05M12.6 3.4l-1.05 1.05M4.45 11.55L3.4 12.6" />
    </>
  ),
  text: () => <path d="M2.5 4h11M2.5 8h11M2.5 12h7" />,
  transpose: () => <path d="M3 3l10 10M10.5 2.5H13.5V5.5M2.5 10.5v3h3" />,
  undo: () => <path d="M6 4L3 7l3 3M3 7h6.5a3.5 3.5 0 010 7H7" />,
  unlink: () => <path d="M5 5a3 3 0 000 6M11 5a3 3 0 010 6M5.5 2.5l1 1.5M10.5 2.5l-1 1.5M5.5 13.5l1-1.5M10.5 13.5l-1-1.5" />,
  up: () => <path d="M4 10l4-4 4 4" />,
  warn: () => <path d="M8 2.5L14 13H2zM8 6.5v3M8 11.25v.1" />,
};

export type IconName = keyof typeof shapes;

/** A picture beside words; hidden from screen readers, so the control needs a name of its own. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="i" viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]()}
    </svg>
  );
}
