import { sentence } from '../../ui/bench/words';
import { t } from '../../ui/strings';

/** Why a lesson is not shown or saved, as a sentence. */
export function lessonProblem(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return error instanceof RangeError ? t('lessonRefused', sentence(reason)) : reason;
}
