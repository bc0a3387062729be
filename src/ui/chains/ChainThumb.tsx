import './chains.css';

/** What a chain made when it was kept. */
export function ChainThumb({ thumb }: { thumb: string | undefined }) {
  return <span class="chain-thumb">{thumb && <img src={thumb} alt="" />}</span>;
}
