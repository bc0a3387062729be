// The lessons in their order.

import { dying, leaky, rectifier, squash, sums, vanishing } from './activations';
import { gan, norm, pooling, sampling, stride } from './layers';
import type { LessonId, LessonPlan } from './lesson';

export const lessonPlans: { readonly [K in LessonId]: LessonPlan } = {
  sums,
  rectifier,
  dying,
  leaky,
  squash,
  vanishing,
  norm,
  stride,
  pooling,
  sampling,
  gan,
};
