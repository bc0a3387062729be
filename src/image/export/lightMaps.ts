/** The signed map of the light theme, negative to positive: an exported figure lies on white paper, whatever the page's theme. */
export const lightDiverging: readonly string[] = [
  '#43105f',
  '#6f3a98',
  '#9e76c0',
  '#cdb8de',
  '#f6f4f1',
  '#f3c2a9',
  '#e28a5e',
  '#bd4e20',
  '#7e2706',
];

/** From the low end to the high one of a scale without signs. */
export const greys: readonly string[] = ['#000000', '#ffffff'];

/** The magnitude map of the light theme, from none to most. */
export const lightSequential: readonly string[] = ['#f7f5ec', '#d3e3a8', '#84c494', '#3c9a8e', '#1f6a86', '#203a66', '#14122b'];
