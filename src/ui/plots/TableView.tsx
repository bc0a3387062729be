import type { Table } from './plot';

/** The numbers of a chart as a table. */
export function TableView({ title, table }: { title: string; table: Table }) {
  const [first = '', ...names] = table.head;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="plot-table" tabIndex={0} aria-label={title}>
      <table class="num">
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {names.map((name) => (
              <th scope="col" key={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([x = '', ...values], i) => (
            <tr key={`${i} ${x}`}>
              <th scope="row">{x}</th>
              {values.map((value, j) => (
                <td key={names[j] ?? j}>{value}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
