// How a page gets to a lesson, or to a passage of it. The Lab shows lessons itself; other pages have it opened.

export interface LessonPlace {
  readonly lesson: string;
  readonly passage: string | null;
}

let open: ((at: LessonPlace) => void) | null = null;

/** Pages beside the Lab say how they open it. */
export function openLessonsBy(way: (at: LessonPlace) => void): void {
  open = way;
}

/** What a link to a lesson needs. */
export const lessonLink = ({ lesson, passage }: LessonPlace) => ({
  href: `#${new URLSearchParams({ lesson, ...(passage !== null && { passage }) })}`,
  ...(open && {
    onClick: (event: Event) => {
      event.preventDefault();
      open?.({ lesson, passage });
    },
  }),
});
