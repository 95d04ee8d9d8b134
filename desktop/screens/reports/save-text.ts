/** Hands a text to the browser as a file; the desktop app asks where to. */
export function saveText({ fileName, text }: { readonly fileName: string; readonly text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
