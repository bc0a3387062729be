// The words of the lessons that come with ConvScope. Passages have names, so that a control can point to the one that explains it.

import type { FactName } from '../../core/lessons/facts';
import type { LessonId } from '../../core/lessons/lesson';
import type { MessageKey } from '../../ui/strings';

interface ChoiceWords {
  /** Of an answer in words; others are numbers. */
  readonly label?: MessageKey;
  /** To who takes it where it is wrong. */
  readonly wrong?: MessageKey;
}
export interface LessonWords {
  readonly title: MessageKey;
  readonly before: Readonly<Record<string, MessageKey>>;
  readonly after: Readonly<Record<string, MessageKey>>;
  /** Where the figure has several states. */
  readonly states?: Readonly<Record<string, MessageKey>>;
  readonly ask: MessageKey;
  readonly choices: Readonly<Record<string, ChoiceWords>>;
  readonly yes: MessageKey;
  readonly exercise: MessageKey;
  readonly hints: Readonly<Record<string, MessageKey>>;
  readonly done: MessageKey;
}

export const lessonWords: { readonly [K in LessonId]: LessonWords } = {
  sums: {
    title: 'lesson_sums_title',
    before: { sum: 'lesson_sums_sum', nonlinear: 'lesson_sums_nonlinear' },
    after: { gradient: 'lesson_sums_gradient' },
    ask: 'lesson_sums_ask',
    choices: {
      none: { wrong: 'lesson_sums_none' },
      quarter: { wrong: 'lesson_sums_quarter' },
      half: {},
      all: { wrong: 'lesson_sums_all' },
    },
    yes: 'lesson_sums_yes',
    exercise: 'lesson_sums_exercise',
    hints: { blurs: 'lesson_sums_blurs', shifts: 'lesson_sums_shifts', size: 'lesson_sums_size' },
    done: 'lesson_sums_done',
  },
  rectifier: {
    title: 'lesson_rectifier_title',
    before: { curve: 'lesson_rectifier_curve', kink: 'lesson_rectifier_kink' },
    after: { both: 'lesson_rectifier_both' },
    ask: 'lesson_rectifier_ask',
    choices: {
      none: { wrong: 'lesson_rectifier_none' },
      quarter: { wrong: 'lesson_rectifier_quarter' },
      half: {},
      most: { wrong: 'lesson_rectifier_most' },
    },
    yes: 'lesson_rectifier_yes',
    exercise: 'lesson_rectifier_exercise',
    hints: { lost: 'lesson_rectifier_lost' },
    done: 'lesson_rectifier_done',
  },
  dying: {
    title: 'lesson_dying_title',
    before: { silent: 'lesson_dying_silent', dead: 'lesson_dying_dead' },
    after: { cure: 'lesson_dying_cure' },
    ask: 'lesson_dying_ask',
    choices: {
      half: { wrong: 'lesson_dying_half' },
      most: { wrong: 'lesson_dying_most' },
      nearly: {},
      all: { wrong: 'lesson_dying_all' },
    },
    yes: 'lesson_dying_yes',
    exercise: 'lesson_dying_exercise',
    hints: { none: 'lesson_dying_none', all: 'lesson_dying_every' },
    done: 'lesson_dying_done',
  },
  leaky: {
    title: 'lesson_leaky_title',
    before: { slope: 'lesson_leaky_slope', alive: 'lesson_leaky_alive' },
    after: { prelu: 'lesson_leaky_prelu' },
    ask: 'lesson_leaky_ask',
    choices: {
      none: {},
      tenth: { wrong: 'lesson_leaky_tenth' },
      half: { wrong: 'lesson_leaky_half' },
      relu: { wrong: 'lesson_leaky_relu' },
    },
    yes: 'lesson_leaky_yes',
    exercise: 'lesson_leaky_exercise',
    hints: { kinked: 'lesson_leaky_kinked', none: 'lesson_leaky_none' },
    done: 'lesson_leaky_done',
  },
  squash: {
    title: 'lesson_squash_title',
    before: { curve: 'lesson_squash_curve', flat: 'lesson_squash_flat' },
    after: { centred: 'lesson_squash_centred' },
    ask: 'lesson_squash_ask',
    choices: {
      zero: { wrong: 'lesson_squash_zero' },
      quarter: { wrong: 'lesson_squash_quarter' },
      half: {},
      one: { wrong: 'lesson_squash_one' },
    },
    yes: 'lesson_squash_yes',
    exercise: 'lesson_squash_exercise',
    hints: { moved: 'lesson_squash_moved', more: 'lesson_squash_more' },
    done: 'lesson_squash_done',
  },
  vanishing: {
    title: 'lesson_vanishing_title',
    before: { product: 'lesson_vanishing_product' },
    after: { early: 'lesson_vanishing_early' },
    states: {
      one: 'lesson_vanishing_stateOne',
      sigmoids: 'lesson_vanishing_stateSigmoids',
      leaky: 'lesson_vanishing_stateLeaky',
      rectifiers: 'lesson_vanishing_stateRectifiers',
    },
    ask: 'lesson_vanishing_ask',
    choices: {
      half: { wrong: 'lesson_vanishing_half' },
      quarter: { wrong: 'lesson_vanishing_quarter' },
      hundredth: { wrong: 'lesson_vanishing_hundredth' },
      nothing: {},
    },
    yes: 'lesson_vanishing_yes',
    exercise: 'lesson_vanishing_exercise',
    hints: { shallow: 'lesson_vanishing_shallow', little: 'lesson_vanishing_little' },
    done: 'lesson_vanishing_done',
  },
  norm: {
    title: 'lesson_norm_title',
    before: { what: 'lesson_norm_what', running: 'lesson_norm_running' },
    after: { faster: 'lesson_norm_faster' },
    ask: 'lesson_norm_ask',
    choices: {
      one: { wrong: 'lesson_norm_one' },
      shift: { wrong: 'lesson_norm_shift' },
      scale: {},
      square: { wrong: 'lesson_norm_square' },
    },
    yes: 'lesson_norm_yes',
    exercise: 'lesson_norm_exercise',
    hints: { mean: 'lesson_norm_mean', deviation: 'lesson_norm_deviation' },
    done: 'lesson_norm_done',
  },
  stride: {
    title: 'lesson_stride_title',
    before: { padding: 'lesson_stride_padding', stride: 'lesson_stride_stride' },
    after: { dilation: 'lesson_stride_dilation' },
    ask: 'lesson_stride_ask',
    choices: {
      half: { wrong: 'lesson_stride_half' },
      window: {},
      first: { wrong: 'lesson_stride_first' },
      border: { wrong: 'lesson_stride_border' },
    },
    yes: 'lesson_stride_yes',
    exercise: 'lesson_stride_exercise',
    hints: { steps: 'lesson_stride_steps', smaller: 'lesson_stride_smaller', larger: 'lesson_stride_larger' },
    done: 'lesson_stride_done',
  },
  pooling: {
    title: 'lesson_pooling_title',
    before: { max: 'lesson_pooling_max', why: 'lesson_pooling_why' },
    after: {},
    states: { max: 'lesson_pooling_stateMax', average: 'lesson_pooling_stateAverage' },
    ask: 'lesson_pooling_ask',
    choices: {
      darker: { label: 'lesson_pooling_choiceDarker', wrong: 'lesson_pooling_darker' },
      same: { label: 'lesson_pooling_choiceSame', wrong: 'lesson_pooling_same' },
      brighter: { label: 'lesson_pooling_choiceBrighter' },
    },
    yes: 'lesson_pooling_yes',
    exercise: 'lesson_pooling_exercise',
    hints: { width: 'lesson_pooling_width', twice: 'lesson_pooling_twice' },
    done: 'lesson_pooling_done',
  },
  sampling: {
    title: 'lesson_sampling_title',
    before: { down: 'lesson_sampling_down', up: 'lesson_sampling_up' },
    after: { checker: 'lesson_sampling_checker' },
    states: {
      nearest: 'lesson_sampling_stateNearest',
      bilinear: 'lesson_sampling_stateBilinear',
      down: 'lesson_sampling_stateDown',
      transposed: 'lesson_sampling_stateTransposed',
    },
    ask: 'lesson_sampling_ask',
    choices: {
      one: { wrong: 'lesson_sampling_one' },
      two: { wrong: 'lesson_sampling_two' },
      four: {},
      nine: { wrong: 'lesson_sampling_nine' },
    },
    yes: 'lesson_sampling_yes',
    exercise: 'lesson_sampling_exercise',
    hints: { other: 'lesson_sampling_other', small: 'lesson_sampling_small', uneven: 'lesson_sampling_uneven' },
    done: 'lesson_sampling_done',
  },
  gan: {
    title: 'lesson_gan_title',
    before: { generator: 'lesson_gan_generator', discriminator: 'lesson_gan_discriminator' },
    after: { rules: 'lesson_gan_rules' },
    states: { generator: 'lesson_gan_stateGenerator', discriminator: 'lesson_gan_stateDiscriminator' },
    ask: 'lesson_gan_ask',
    choices: {
      sixteenth: { wrong: 'lesson_gan_sixteenth' },
      sixth: {},
      quarter: { wrong: 'lesson_gan_quarter' },
      more: { wrong: 'lesson_gan_more' },
    },
    yes: 'lesson_gan_yes',
    exercise: 'lesson_gan_exercise',
    hints: { other: 'lesson_gan_other', wide: 'lesson_gan_wide', narrow: 'lesson_gan_narrow' },
    done: 'lesson_gan_done',
  },
};

/** What is said of a result. */
export const factWords: { readonly [K in FactName]: MessageKey } = {
  zeros: 'lessonFact_zeros',
  negative: 'lessonFact_negative',
  ends: 'lessonFact_ends',
  mean: 'lessonFact_mean',
  deviation: 'lessonFact_deviation',
  brighter: 'lessonFact_brighter',
  channels: 'lessonFact_channels',
  dead: 'lessonFact_dead',
  passed: 'lessonFact_passed',
  width: 'lessonFact_width',
  pixels: 'lessonFact_pixels',
  values: 'lessonFact_values',
  mostReads: 'lessonFact_mostReads',
  unread: 'lessonFact_unread',
  fewestStamps: 'lessonFact_fewestStamps',
  mostStamps: 'lessonFact_mostStamps',
};
