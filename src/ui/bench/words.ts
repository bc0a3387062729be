import { told } from '../told/told';

/** An error's message as a sentence for people: in their language, without the op's identifier in front, with a capital and a full stop. */
export function sentence(message: string): string {
  const bare = told(message.replace(/^(?:step \d+(?: \([^)]*\))?: ?)?(?:[a-z][A-Za-z0-9]*: )?/, '').trim() || message);
  const upper = bare.charAt(0).toUpperCase() + bare.slice(1);
  return /[.!?…]$/.test(upper) ? upper : `${upper}.`;
}

/** What went wrong, as a sentence for people. */
export const reasonOf = (error: unknown): string => sentence(error instanceof Error ? error.message : String(error));

/** A parameter's value in a button: `37`, `2 × 3`. */
export function shortValue(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.every((v) => v === value[0]) ? String(value[0]) : value.join(' × ');
}
