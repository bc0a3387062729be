/** Lets the person choose the file of a lesson. */
export function pickLesson(then: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json,application/json';
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) then(file);
  };
  input.click();
}
