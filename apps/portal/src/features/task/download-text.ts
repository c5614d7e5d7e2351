/** Hands the reader a file. */
export function downloadText(fileName: string, text: string, type = 'text/plain'): void {
  downloadUrl(fileName, URL.createObjectURL(new Blob([text], { type })));
}

/** Hands the reader what an object or data URL holds; object URLs are given back. */
export function downloadUrl(fileName: string, url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  if (url.startsWith('blob:')) setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
